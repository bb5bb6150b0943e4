// The order of the day: what runs, then what is left in the order of the route or by hand, then what is done.

import type { Controlestand, Werkpakket } from '../../kern/contract'
import { faseVan } from './stand'

export interface Dagindeling {
  bezig: Controlestand[]
  teDoen: Controlestand[]
  klaar: Controlestand[]
}

/** Of the package of that day, made on this tablet, and what was begun here before midnight and still runs. */
export function vanDeDag(
  standen: readonly Controlestand[],
  pakket: Pick<Werkpakket, 'controles'> | null,
  datum: string,
): Controlestand[] {
  const gepland = new Set(pakket?.controles.map((controle) => controle.id))
  return standen.filter(
    (stand) =>
      gepland.has(stand.controleId) ||
      stand.pakket === null ||
      stand.pakket.datum === datum ||
      (stand.gestartOp !== null && faseVan(stand) === 'bezig'),
  )
}

/** Divides the controls of a day; `hand` is the order that somebody made here, by id of the control. */
export function deelIn(standen: readonly Controlestand[], hand: readonly string[] | null): Dagindeling {
  const opVolgorde = [...standen].sort((een, ander) => plek(een, hand) - plek(ander, hand) || vergelijk(een, ander))
  return {
    bezig: opVolgorde.filter((stand) => faseVan(stand) === 'bezig'),
    teDoen: opVolgorde.filter((stand) => faseVan(stand) === 'te-doen'),
    klaar: opVolgorde.filter((stand) => faseVan(stand) === 'klaar'),
  }
}

function plek(stand: Controlestand, hand: readonly string[] | null): number {
  const index = hand?.indexOf(stand.controleId) ?? -1
  return index < 0 ? Number.MAX_SAFE_INTEGER : index
}

function vergelijk(een: Controlestand, ander: Controlestand): number {
  const volgorde = (een.pakket?.volgorde ?? 9999) - (ander.pakket?.volgorde ?? 9999)
  if (volgorde !== 0) return volgorde
  const tijd = (een.pakket?.aanvang ?? 9999) - (ander.pakket?.aanvang ?? 9999)
  return tijd !== 0 ? tijd : een.controleId.localeCompare(ander.controleId)
}

/** The order with one control a place up (-1) or down (1). */
export function verschuif(ids: readonly string[], id: string, stap: -1 | 1): string[] {
  const van = ids.indexOf(id)
  const naar = van + stap
  if (van < 0 || naar < 0 || naar >= ids.length) return [...ids]
  const uit = ids.filter((ander) => ander !== id)
  uit.splice(naar, 0, id)
  return uit
}
