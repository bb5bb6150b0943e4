// What follows from the answers of one control on the tablet: which questions are open, what is computed, what is missing.
//
// Pure. The rules are those of src/regels, the same as on the server; this file only feeds them.

import type { Checklist, Controlestand, Waarde } from '../../kern/contract'
import { evaluate } from '../../regels/beoordeling.mjs'
import { buildCatalogue } from '../../regels/catalogus.mjs'
import { type Item, itemsOf } from './items'
import type { Rekenregel } from './rekenregel'

export interface Oordeel {
  oordeel: string
  reden: string | null
}

export interface Beoordeling {
  oordelen: Record<string, Oordeel>
  waarden: Record<string, Waarde>
  berekend: Record<string, Waarde>
  vooringevuld: string[]
  openItems: string[]
  treffers: { item: string; gewicht: string; antwoord: string }[]
  nietGeteld: { item: string; gewicht: string; antwoord: string }[]
  nietVastgesteld: string[]
  ontbrekendeKern: string[]
  /** Questions whose condition holds, open or not. */
  geldt: ReadonlySet<string>
}

export interface Lijsten {
  catalogus: ReturnType<typeof buildCatalogue>
  rekenregel: Rekenregel
  lijsten: readonly Checklist[]
  items: readonly Item[]
}

export interface Situatie {
  objecttype: string
  aanleiding: string | null
  partners: string[]
  normen: Record<string, number | null>
  /** Opened by choice: codes. */
  gekozen: string[]
}

export function prepare(rekenregel: Rekenregel, lijsten: readonly Checklist[]): Lijsten {
  const items = itemsOf(lijsten)
  return { catalogus: buildCatalogue(rekenregel, items), rekenregel, lijsten, items }
}

export function judge(lijsten: Lijsten, antwoorden: Controlestand['antwoorden'], situatie: Situatie): Beoordeling {
  const { objecttype, normen, ...rest } = situatie
  const { geldt, ...nu } = evaluate(lijsten.catalogus, objecttype, readable(antwoorden), normen, rest)
  return { ...nu, geldt: new Set(geldt) } as Beoordeling
}

/** A refused text counts as filled in: that there was one is seen, not what it said (app/controles/rules/vrije_tekst.py). */
function readable(antwoorden: Controlestand['antwoorden']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(antwoorden).map(([code, waarde]) => {
      const redenen = refused(waarde)
      return [code, redenen ? `(tekst geweigerd: ${redenen.join(', ')})` : waarde]
    }),
  )
}

/** The kinds of data for which a text was refused, or null when the value is no refused text. */
export function refused(waarde: unknown): string[] | null {
  if (typeof waarde !== 'object' || waarde === null || !('geweigerd' in waarde)) return null
  return Array.isArray(waarde.geweigerd) ? waarde.geweigerd.map(String) : null
}
