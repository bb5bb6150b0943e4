// What the kernel knows in memory of one event, and what may stay on the disk once the service has it (DAT-13).

import type { Gebeurtenis, Zending } from './contract'
import type { Gebeurtenisrij } from './database'

type Oordelen = Zending['oordelen']

/** Of an event, for this tablet only. */
export interface Notitie {
  /** The place in words, for the screen. */
  hier?: { objecttype: string; plek: string }
  /** This event takes that one back. */
  ongedaanVan?: string
  /** Photo events are taken back by removing the photo. */
  foto?: true
  reden?: string
  oordelen?: Oordelen
  /** Refused: the service does not have it. */
  geweigerd?: true
  /** Answers were taken out of the stored copy; it is no longer what was sent. */
  gestript?: true
}

export interface Geheim {
  gebeurtenis: Gebeurtenis
  notitie: Notitie
}

export interface Regel extends Geheim {
  stand: Gebeurtenisrij['stand']
  onderweg: boolean
}

const BLIJFT_HEEL = new Set([
  'controle-aangemaakt',
  'controle-gestart',
  'ingecheckt',
  'uitgecheckt',
  'sfeerovergang',
  'poging',
])

/**
 * What of an event may stay after receipt; null: nothing. Signals, choices, acute calls and confidential answers leave no trace, and an
 * answer of which the class is not known counts as confidential.
 */
export function stripped(gebeurtenis: Gebeurtenis, isNaleving: (code: string) => boolean): Gebeurtenis | null {
  const { soort, inhoud } = gebeurtenis
  if (BLIJFT_HEEL.has(soort)) return gebeurtenis
  if (soort === 'controle-afgerond') {
    const { hulpaanbod: _, ...rest } = inhoud
    return { ...gebeurtenis, inhoud: rest }
  }
  if (soort !== 'antwoorden') return null
  const keep = (naam: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries((inhoud[naam] ?? {}) as object).filter(([code]) => isNaleving(code)))
  const antwoorden = keep('antwoorden')
  if (Object.keys(antwoorden).length === 0) return null
  return { ...gebeurtenis, inhoud: { ...inhoud, antwoorden, filterredenen: keep('filterredenen') } }
}

/** Whether the stored copy is still what was sent. */
export const isWhole = (voor: Gebeurtenis, na: Gebeurtenis | null): boolean =>
  na !== null && JSON.stringify(voor.inhoud) === JSON.stringify(na.inhoud)
