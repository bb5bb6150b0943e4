// One answer out of several, as big buttons. A radio group of which the arrow keys only move the focus: with plain radio buttons the
// arrows would answer on the way, and one of those answers could be 'acute danger'.

import { type KeyboardEvent, useRef } from 'react'
import { NIET_VASTGESTELD } from '../items'
import { label } from '../woorden'

interface Props {
  keuzes: readonly string[]
  waarde: string | null
  labelId: string
  /** Short answers stand beside each other, long ones below. */
  naastElkaar: boolean
  onKies: (keuze: string) => void
}

const STAP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function Keuzeknoppen({ keuzes, waarde, labelId, naastElkaar, onKies }: Props) {
  const groep = useRef<HTMLDivElement>(null)
  const alle = keuzes.includes(NIET_VASTGESTELD) ? keuzes : [...keuzes, NIET_VASTGESTELD]
  const bereikbaar = waarde !== null && alle.includes(waarde) ? waarde : alle[0]

  function move(gebeurtenis: KeyboardEvent) {
    const stap = STAP[gebeurtenis.key]
    const knoppen = [...(groep.current?.querySelectorAll('button') ?? [])]
    const hier = knoppen.indexOf(gebeurtenis.target as HTMLButtonElement)
    if (stap === undefined || hier < 0) return
    gebeurtenis.preventDefault()
    knoppen[(hier + stap + knoppen.length) % knoppen.length]?.focus()
  }

  return (
    <div
      ref={groep}
      role="radiogroup"
      aria-labelledby={labelId}
      className={naastElkaar ? 'vw-keuzes vw-keuzes--naast' : 'vw-keuzes'}
      onKeyDown={move}
    >
      {alle.map((keuze) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio answers when an arrow key passes it, see above
        <button
          key={keuze}
          type="button"
          role="radio"
          aria-checked={keuze === waarde}
          tabIndex={keuze === bereikbaar ? 0 : -1}
          className="vw-keuze"
          onClick={() => onKies(keuze)}
        >
          {label(keuze)}
        </button>
      ))}
    </div>
  )
}
