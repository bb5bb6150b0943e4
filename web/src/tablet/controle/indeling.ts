// Which questions stand where on the screen: per list the open ones, and what can be opened by choice. Pure.
//
// The core comes first because nothing else is open; the rest opens on a hit, by choice per list, or for a partner who takes part
// (checklists section 1, rule 11). Opening looks the same whatever opened it: who reads along learns nothing (PLN-19).

import type { Controlestand, Waarde } from '../../kern/contract'
import { isGelijk } from '../../kern/gelijk'
import { openLabourCore } from '../../regels/arbeid.mjs'
import type { Beoordeling, Lijsten } from './beoordelen'
import { BINNEN, type Item, isAsked, isComputed, STRAFBAAR } from './items'
import type { Toegang } from './toegang'

export interface Blok {
  code: string
  naam: string
  /** In the order of the list; computed ones stand between them once there is an outcome. */
  vragen: Item[]
  /** Would apply here and are not open: opened together, by choice. */
  meer: Item[]
  gesteld: number
  beantwoord: number
  /** Why questions about the inside are closed here; null when none is. */
  dicht: string | null
}

/** What the order of the questions hangs on, of all that is known of a control. */
export type Gegeven = Pick<Controlestand, 'antwoorden' | 'beantwoordElders'>

const KORTE_NAMEN: Record<string, string> = { BEV: 'Begin' }

export function arrange(
  { lijsten }: Lijsten,
  objecttype: string,
  stand: Gegeven,
  beoordeling: Beoordeling,
  toegang: Toegang,
  gekozen: readonly string[],
): Blok[] {
  const open = new Set(beoordeling.openItems)
  const closedInside = (code: string) => !toegang.binnen && BINNEN.has(code)
  const isShown = (item: Item) =>
    !closedInside(item.code) &&
    (isComputed(item)
      ? item.code in beoordeling.berekend
      : (open.has(item.code) &&
          (gekozen.includes(item.code) || !onlyPrefilled(item, objecttype, stand, beoordeling))) ||
        mightApply(item, objecttype, stand, beoordeling))
  return lijsten.map(({ code, naam, items }) => {
    const hier = items.filter(
      (item) => item.objecttypen.includes(objecttype) && isAsked(item) && item.code !== STRAFBAAR,
    )
    const vragen = hier.filter(isShown)
    const gesteld = vragen.filter((item) => !isComputed(item))
    return {
      code,
      naam: KORTE_NAMEN[code] ?? naam,
      vragen,
      meer: hier.filter(
        (item) =>
          beoordeling.geldt.has(item.code) && !isComputed(item) && !vragen.includes(item) && !closedInside(item.code),
      ),
      gesteld: gesteld.length,
      beantwoord: gesteld.filter((item) => isAnswered(stand, beoordeling, item.code)).length,
      dicht: hier.some((item) => closedInside(item.code)) ? toegang.reden : null,
    }
  })
}

/** Whether the same questions stand there, whatever was answered to them. */
export const isSameList = (een: readonly Blok[], ander: readonly Blok[]): boolean =>
  een.length === ander.length && een.every(({ vragen }, plaats) => isGelijk(vragen, ander[plaats]?.vragen))

/**
 * Opened by what was filled in beforehand, not by an answer: one tap away, so that every type of place begins with its core alone.
 */
function onlyPrefilled(item: Item, objecttype: string, { antwoorden }: Gegeven, nu: Beoordeling): boolean {
  const opener = item.opentBij?.item
  if (!opener || item.kern.includes(objecttype) || hasValue(antwoorden[item.code])) return false
  return nu.vooringevuld.includes(opener) && !nu.vooringevuld.includes(item.code)
}

/**
 * A core question whose condition reads an answer that left this tablet (DAT-13): nobody here can tell whether it applies, so it
 * stays where it is, and is never counted as missing.
 */
function mightApply(item: Item, objecttype: string, stand: Gegeven, { geldt }: Beoordeling): boolean {
  if (geldt.has(item.code) || !item.voorwaarde || !item.kern.includes(objecttype)) return false
  const { cel } = item.voorwaarde
  return [...stand.beantwoordElders].some((code) => !hasValue(stand.antwoorden[code]) && cel.includes(celName(code)))
}

const celName = (code: string): string => code.replaceAll('-', '_')
const hasValue = (waarde: Waarde | undefined): boolean => waarde !== undefined && waarde !== null

export function isAnswered(stand: Gegeven, beoordeling: Beoordeling, code: string): boolean {
  return stand.beantwoordElders.has(code) || hasValue(beoordeling.waarden[code]) || hasValue(stand.antwoorden[code])
}

/** Core questions that still wait for an answer; those about a closed inside do not. */
export function missing(
  { items }: Lijsten,
  stand: Controlestand,
  { ontbrekendeKern }: Beoordeling,
  toegang: Toegang,
): Item[] {
  const mist = new Set(
    ontbrekendeKern.filter((code) => !stand.beantwoordElders.has(code) && (toegang.binnen || !BINNEN.has(code))),
  )
  return items.filter(({ code }) => mist.has(code))
}

/** CAD-03: without these an integral control of a business is not done. `mist` is what the core misses here. */
export function missingLabour(
  { catalogus }: Lijsten,
  objecttype: string,
  integraal: boolean,
  beoordeling: Beoordeling,
  mist: Item[],
): Item[] {
  if (!integraal) return []
  const open = openLabourCore(catalogus, { ...beoordeling, objecttype })
  return mist.filter(({ code }) => open.includes(code))
}

/**
 * After departure: what still keeps an integral control from being done. When the service says that it is not, and nobody here can
 * tell why (the answer on which a question hangs left this tablet), every labour question of the core without an answer is meant.
 */
export function labourToDo(
  lijsten: Lijsten,
  objecttype: string,
  stand: Controlestand,
  beoordeling: Beoordeling,
  toegang: Toegang,
): Item[] {
  if (!stand.pakket?.integraal || stand.sfeerovergangOp !== null || stand.status === 'afgerond') return []
  const mist = missing(lijsten, stand, beoordeling, toegang)
  const bekend = missingLabour(lijsten, objecttype, true, beoordeling, mist)
  if (bekend.length > 0 || !isHeldBack(stand)) return bekend
  const { lijst, objecttypen } = lijsten.rekenregel.arbeidslijst
  if (!objecttypen.includes(objecttype)) return []
  return lijsten.items.filter(
    ({ code, kern }) =>
      code.startsWith(`${lijst}-`) && kern.includes(objecttype) && !isAnswered(stand, beoordeling, code),
  )
}

/** The service has the tap 'wij zijn vertrokken', and the control is not done yet. */
export function isHeldBack({ status, zendingen }: Controlestand): boolean {
  const tik = zendingen.find(({ soort }) => soort === 'controle-afgerond')
  return status !== 'afgerond' && tik?.stand === 'vraagt aandacht'
}

/** What can still be said when the list is closed by the suspicion of an offence. */
export function protecting({ items, rekenregel }: Lijsten, objecttype: string, beoordeling: Beoordeling): Item[] {
  return items.filter(
    ({ code, objecttypen }) =>
      rekenregel.blijftOpen.includes(code) && objecttypen.includes(objecttype) && beoordeling.geldt.has(code),
  )
}

/** Progress in words, never in points or percentages. */
export function inWords({ gesteld, beantwoord }: Pick<Blok, 'gesteld' | 'beantwoord'>): string {
  if (gesteld === 0) return 'geen vragen'
  if (beantwoord === gesteld) return 'klaar'
  return beantwoord === 0 ? `${gesteld} open` : `nog ${gesteld - beantwoord} van ${gesteld}`
}
