// Jump by barrier with the progress in words, in reach of the thumb; and undo of the last tap.

import { type RefObject, useEffect, useRef } from 'react'
import type { Blok } from './indeling'
import { inWords } from './indeling'
import './springbalk.css'

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

/** Pixels between the bar and what the focus goes to. */
const LUCHT = 16

/** The foot of the screen has the height of its words; the bar stands right above it, and neither covers what has the focus. */
function useVoethoogte(balk: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const voet = document.querySelector<HTMLElement>('.vw-voet')
    const hier = balk.current
    if (voet === null || hier === null) return
    const { style } = document.documentElement
    const meter = new ResizeObserver(() => {
      style.setProperty('--vw-voet-hoogte', `${voet.offsetHeight}px`)
      style.scrollPaddingBlockEnd = `${voet.offsetHeight + hier.offsetHeight + LUCHT}px`
    })
    meter.observe(voet)
    meter.observe(hier)
    return () => {
      meter.disconnect()
      style.scrollPaddingBlockEnd = ''
    }
  }, [balk])
}

export function Springbalk({ blokken, net, onTerug }: Props) {
  const balk = useRef<HTMLDivElement>(null)
  useVoethoogte(balk)
  return (
    <div ref={balk} className="vw-springbalk">
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
