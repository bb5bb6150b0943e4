// What each question of a part shows, so that a part of which nothing changed is not drawn again. Pure.

import type { Waarde } from '../../kern/contract'
import { isGelijk } from '../../kern/gelijk'
import type { Gegevens } from './gegevens'
import type { Blok } from './indeling'
import { type Item, isComputed, KRAP } from './items'
import type { Kenmerken } from './Vraag'
import { label, number, spaceInWords } from './woorden'

export interface Vraagkaart extends Kenmerken {
  item: Item
  waarde: Waarde | undefined
  /** In words, of what is computed; null of a question. */
  uitkomst: string | null
}

export const cardsOf = ({ vragen }: Blok, gegevens: Gegevens): Vraagkaart[] =>
  vragen.map((item) => cardOf(item, gegevens))

function cardOf(item: Item, gegevens: Gegevens): Vraagkaart {
  const { stand, beoordeling } = gegevens
  const { code } = item
  const eigen = stand.antwoorden[code] ?? null
  return {
    item,
    waarde: eigen ?? beoordeling.waarden[code],
    uitkomst: isComputed(item) ? computedInWords(item, gegevens) : null,
    vooringevuld: eigen === null && beoordeling.vooringevuld.includes(code),
    andereTablet: stand.vanAndereTablet.has(code),
    verschilt: stand.verschilt.has(code),
    elders: stand.beantwoordElders.has(code),
    opmerking: beoordeling.oordelen[code]?.reden ?? null,
    reden: stand.filterredenen[code],
  }
}

function computedInWords(item: Item, { beoordeling, norm }: Gegevens): string {
  const waarde = beoordeling.berekend[item.code]
  if (item.code === KRAP) return spaceInWords(beoordeling, norm) ?? label(String(waarde))
  return typeof waarde === 'number' ? `${number(waarde)} ${item.eenheid ?? ''}`.trim() : label(String(waarde))
}

export const isSameBlock = (een: Blok, ander: Blok): boolean =>
  isGelijk({ ...een, vragen: null, meer: null }, { ...ander, vragen: null, meer: null }) &&
  isGelijk(een.vragen, ander.vragen) &&
  isGelijk(een.meer, ander.meer)

/** A list of choices comes anew with each judgement; what stands in it counts. */
export const isSameCards = (eerst: readonly Vraagkaart[], nu: readonly Vraagkaart[]): boolean =>
  eerst.length === nu.length &&
  nu.every((kaart, plaats) => {
    const was = eerst[plaats]
    return isGelijk({ ...kaart, waarde: null }, { ...was, waarde: null }) && isGelijk(kaart.waarde, was?.waarde)
  })
