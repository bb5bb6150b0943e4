// Which tablet is looked at first, and how long ago something was.

import type { Vorm } from '../../api/client'
import { duur } from '../tijden'

type Tablet = Pick<Vorm<'ApparaatRead'>, 'aandacht' | 'oudsteOp' | 'gezienOp' | 'gewistOp'>

/** What asks for attention first, then the longest not seen; what was wiped last. */
export function opVolgorde<Soort extends Tablet>(tablets: readonly Soort[]): Soort[] {
  const gewicht = (tablet: Soort) => (tablet.gewistOp !== null ? 2 : tablet.aandacht.length > 0 ? 0 : 1)
  return [...tablets].sort((een, ander) => gewicht(een) - gewicht(ander) || een.gezienOp.localeCompare(ander.gezienOp))
}

const DAG_MIN = 1440

/** "5 min geleden", "3 dagen geleden". */
export function sinds(moment: string, nu: Date): string {
  const minuten = (nu.getTime() - Date.parse(moment)) / 60_000
  if (minuten < 1) return 'zojuist'
  if (minuten < DAG_MIN) return `${duur(minuten)} geleden`
  const dagen = Math.floor(minuten / DAG_MIN)
  return `${dagen} ${dagen === 1 ? 'dag' : 'dagen'} geleden`
}
