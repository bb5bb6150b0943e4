// What must hold before a control can start (docs/veldregels.md): who is there, and at a dwelling the ground.

import type { PakketControle } from '../../kern/contract'

/** The values of `grond` in the protocol, and how they are asked. */
export const GRONDEN = [
  { code: 'toestemming van een bewoner', tekst: 'Een bewoner geeft toestemming' },
  { code: 'machtiging van de burgemeester', tekst: 'Machtiging van de burgemeester' },
  { code: 'ernstig en onmiddellijk gevaar', tekst: 'Ernstig en onmiddellijk gevaar' },
  { code: 'niet betreden', tekst: 'Wij gaan niet naar binnen' },
] as const

const MACHTIGING = 'machtiging van de burgemeester'
const GEVAAR = 'ernstig en onmiddellijk gevaar'

export interface Startkeuze {
  collegas: readonly string[]
  grond: string | null
}

/**
 * Why the control cannot start yet; empty when it can. Danger goes before everything (PLN-02, PLN-13).
 * @param wie the control: how many inspectors it asks, its type, and whether an authorisation holds today
 * @param keuze whom the inspector named besides himself, and the ground
 */
export function startbezwaren(
  wie: Pick<PakketControle, 'bezetting' | 'machtiging'> & { type: string },
  keuze: Startkeuze,
): string[] {
  if (keuze.grond === GEVAAR) return []
  const bezwaren: string[] = []
  const aanwezig = new Set(keuze.collegas).size + 1
  if (aanwezig < wie.bezetting) {
    bezwaren.push(`Er zijn ${wie.bezetting} toezichthouders nodig. Kies wie er bij u is.`)
  }
  if (wie.type === 'WON' && keuze.grond === null) bezwaren.push('Kies waarom u naar binnen mag.')
  if (wie.type === 'WON' && keuze.grond === MACHTIGING && !wie.machtiging) {
    bezwaren.push('Voor dit adres geldt vandaag geen machtiging.')
  }
  return bezwaren
}
