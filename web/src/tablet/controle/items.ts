// The questions as the service describes them, and the few codes that the screens treat in a way of their own.

import type { Vorm } from '../../api/client'
import type { Checklist } from '../../kern/contract'

export type Item = Vorm<'ItemRead'>
export const NIET_VASTGESTELD = 'niet vastgesteld'

export const SOORT_RUIMTE = 'BEV-01'
export const GROND = 'BEV-03'
export const VRIJE_TOESTEMMING = 'BEV-04'
export const ACUUT = 'BEV-13'
export const NIET_PLUIS = 'ENT-21'
export const JONG = 'IDE-06'
/** Suspicion of an offence: never asked, always at hand, and only its time is kept (RPT-02). */
export const STRAFBAAR = 'HUI-22'
export const OPPERVLAKTE = 'HUI-01'
export const KRAP = 'HUI-04'
export const BEWONERS = 'HUI-27'

/**
 * What can only be seen inside a dwelling. Without a ground to enter these questions are closed; what protects somebody and what
 * is asked at the door stays open (checklists BEV-03, PLN-13).
 */
export const BINNEN: ReadonlySet<string> = new Set([
  'HUI-01',
  'HUI-02',
  'HUI-05',
  'HUI-06',
  'HUI-07',
  'HUI-08',
  'HUI-09',
  'HUI-10',
  'HUI-12',
  'HUI-18',
  'HUI-24',
  'IDE-04',
  'IDE-17',
])

/** A question for the inspector: no task of the office, nothing that the service looks up. */
export const isAsked = (item: Item): boolean => item.antwoordtype !== 'taak' && !item.uitRegister

export const isComputed = (item: Item): boolean => Boolean(item.berekening)

/** Items of the lists in their order. */
export const itemsOf = (lijsten: readonly Checklist[]): Item[] => lijsten.flatMap((lijst) => lijst.items)

/**
 * The words of the lists on the screen. Who owns the place may read along, and one question and one rule hold a word that may not be
 * seen before the inspectors have left (PLN-19); what is published never changes, so the screen says it otherwise.
 */
export function neutral(tekst: string): string {
  return tekst
    .replace(/,? en nooit als gewicht in de score/gu, '')
    .replace(/\bsignalen\b/gu, 'zorgen')
    .replace(/\bsignaal\b/gu, 'zorg')
}

/** The help text. One that speaks in codes (a list from before version 2) says nothing to who stands at a door. */
export function helpOf({ toelichting }: Item): string | null {
  return toelichting === null || /\b(?:[A-Z]{3}-\d\d|SEKS|WON|LOG|HOT)\b/u.test(toelichting)
    ? null
    : neutral(toelichting)
}
