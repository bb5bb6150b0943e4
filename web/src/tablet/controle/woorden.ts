// Words on the screen that follow from numbers and codes.

import type { Beoordeling } from './beoordelen'
import { BEWONERS, KRAP, OPPERVLAKTE } from './items'

const GETAL = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 2 })

export const number = (waarde: number): string => GETAL.format(waarde)

/** '6,86 m² per persoon. De norm van deze gemeente is 12 m².' Bare facts: no colour, no judgement (PLN-19). */
export function spaceInWords({ waarden }: Beoordeling, norm: number | null | undefined): string | null {
  const oppervlakte = waarden[OPPERVLAKTE]
  const bewoners = waarden[BEWONERS]
  if (typeof oppervlakte !== 'number' || typeof bewoners !== 'number' || bewoners === 0) return null
  const ruimte = `${number(oppervlakte / bewoners)} m² per persoon`
  if (typeof norm !== 'number') return `${ruimte}. Deze gemeente heeft geen norm ingevuld.`
  const uitkomst = { 'ja, onder de norm': 'Dat is onder de norm.', nee: 'Dat is genoeg.' }[String(waarden[KRAP])]
  const minder = 'Dat is minder dan de helft van de norm.'
  return `${ruimte}. De norm van deze gemeente is ${number(norm)} m². ${uitkomst ?? minder}`
}

export const EENHEDEN: Record<string, string> = {
  m2: 'm²',
  'm2 per persoon': 'm² per persoon',
}

export const KEUZEWOORDEN: Record<string, string> = { ja: 'Ja', nee: 'Nee', nvt: 'N.v.t.' }

/** First letter big, as a label on a button. */
export const label = (keuze: string): string => KEUZEWOORDEN[keuze] ?? keuze.charAt(0).toUpperCase() + keuze.slice(1)
