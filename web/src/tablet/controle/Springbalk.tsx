// Jump by barrier with the progress in words, in reach of the thumb; and undo of the last tap.

import { useEffect } from 'react'
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

/** The foot of the screen has the height of its words; the bar stands right above it. */
function useVoethoogte(): void {
  useEffect(() => {
    const voet = document.querySelector<HTMLElement>('.vw-voet')
    if (voet === null) return
    const { style } = document.documentElement
    const meter = new ResizeObserver(() => style.setProperty('--vw-voet-hoogte', `${voet.offsetHeight}px`))
    meter.observe(voet)
    return () => meter.disconnect()
  }, [])
}

export function Springbalk({ blokken, net, onTerug }: Props) {
  useVoethoogte()
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
