// Several answers to one question; 'geen' and 'niet vastgesteld' stand alone.

import { NIET_VASTGESTELD } from '../items'
import { label } from '../woorden'

interface Props {
  keuzes: readonly string[]
  alleenOptie: string | null
  waarde: readonly string[]
  labelId: string
  onKies: (keuzes: string[] | null) => void
}

/** What is chosen after a tap on one of the choices. */
export function toggle(gekozen: readonly string[], keuze: string, alleen: readonly (string | null)[]): string[] {
  if (gekozen.includes(keuze)) return gekozen.filter((ander) => ander !== keuze)
  if (alleen.includes(keuze)) return [keuze]
  return [...gekozen.filter((ander) => !alleen.includes(ander)), keuze]
}

export function Meerkeuze({ keuzes, alleenOptie, waarde, labelId, onKies }: Props) {
  const choose = (keuze: string) => {
    const nieuw = toggle(waarde, keuze, [alleenOptie, NIET_VASTGESTELD])
    onKies(nieuw.length > 0 ? nieuw : null)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by the heading of the question
    <div role="group" aria-labelledby={labelId} className="vw-keuzes">
      {[...keuzes, NIET_VASTGESTELD].map((keuze) => (
        // biome-ignore lint/a11y/useSemanticElements: a button as big as the other answers
        <button
          key={keuze}
          type="button"
          role="checkbox"
          aria-checked={waarde.includes(keuze)}
          className="vw-keuze"
          onClick={() => choose(keuze)}
        >
          {label(keuze)}
        </button>
      ))}
    </div>
  )
}
