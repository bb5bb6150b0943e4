// Which screens fit the roles of who is signed in; what may be done, the service decides.

import type { Sessie } from '../../kern/contract'

const WERK = {
  veld: ['toezichthouder', 'teamleider'],
  vlag: ['pandbrigade'],
  balie: ['balie'],
  tablets: ['teamleider', 'beheerder'],
} as const

export type Werk = keyof typeof WERK

export function mag(sessie: Pick<Sessie, 'rollen'> | null, werk: Werk): boolean {
  return sessie?.rollen.some((rol) => (WERK[werk] as readonly string[]).includes(rol)) ?? false
}
