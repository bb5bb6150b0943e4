// Jump by barrier with the progress in words, in reach of the thumb; and undo of the last tap.

import type { Blok } from './indeling'
import { inWords } from './indeling'

interface Props {
  blokken: readonly Blok[]
  net: boolean
  onTerug: () => void
}

/** Calm: no smooth scrolling for whoever asked for less motion, and the focus goes along. */
export function jumpTo(id: string): void {
  const doel = document.getElementById(id)
  doel?.scrollIntoView({ block: 'start' })
  doel?.focus({ preventScroll: true })
}

export function Springbalk({ blokken, net, onTerug }: Props) {
  return (
    <div className="vw-springbalk">
      <p className="vw-springbalk__terug" role="status">
        {net && (
          <>
            <span>Opgeslagen op tablet.</span>
            <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onTerug}>
              Ongedaan maken
            </button>
          </>
        )}
      </p>
      <nav aria-label="Onderdelen van de lijst" className="vw-springbalk__delen">
        {blokken.map((blok) => (
          <button key={blok.code} type="button" className="vw-deel" onClick={() => jumpTo(`deel-${blok.code}`)}>
            <span className="vw-deel__naam">{blok.naam}</span>
            <span className="vw-deel__voortgang">{inWords(blok)}</span>
          </button>
        ))}
      </nav>
    </div>
  )
}
