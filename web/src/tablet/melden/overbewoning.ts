// Space per person against the norm of the municipality; the same sum as on the server (app/controles/rules/overbewoning.py).

import type { Vorm } from '../../api/client'

type Norm = Vorm<'NormRead'>

/** A number as somebody types it: with a comma or a point; null when it is none. */
export function getal(tekst: string): number | null {
  const schoon = tekst.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(schoon) ? Number(schoon) : null
}

/** The value that holds on a day: that of the municipality goes before the national one; null when there is none. */
export function geldendeNorm(normen: readonly Norm[], gemeentecode: string, datum: string): number | null {
  const nu = normen.filter((norm) => norm.geldigVanaf <= datum && (norm.geldigTot === null || datum <= norm.geldigTot))
  const eigen = nu.find((norm) => norm.gemeentecode === gemeentecode) ?? nu.find((norm) => norm.gemeentecode === '')
  return eigen?.waarde ?? null
}

const TWEE = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 2 })

/** The ratio in words, or null while there is nothing to divide. Exactly the norm is not below it. */
export function verhouding(m2: number | null, personen: number | null, norm: number | null): string | null {
  if (m2 === null || m2 <= 0 || personen === null || personen <= 0) return null
  const per = m2 / personen
  const begin = `${TWEE.format(per)} m² per persoon`
  if (norm === null) return `${begin}. Er is geen norm bekend op deze tablet.`
  if (per < norm / 2) return `${begin}, onder de helft van de norm (${TWEE.format(norm)} m²)`
  if (per < norm) return `${begin}, onder de norm (${TWEE.format(norm)} m²)`
  return `${begin}, niet onder de norm (${TWEE.format(norm)} m²)`
}
