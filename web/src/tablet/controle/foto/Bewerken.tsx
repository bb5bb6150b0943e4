// Covers parts of a photo and points with an arrow, by touch or by keyboard, before it is kept.

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useHandeling } from '../../../onderdelen/handeling'
import { type Bewerking, draw, toJpeg } from './tekenen'

interface Props {
  bron: ImageBitmap
  onOpnieuw: () => void
  /** Resolves when it is stored; the picture stays on the screen until then. */
  onGebruik: (beeld: Blob) => Promise<void>
}

type Punt = Bewerking['van']
const STAPPEN: Record<string, Punt> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export function Bewerken({ bron, onOpnieuw, onGebruik }: Props) {
  const doek = useRef<HTMLCanvasElement>(null)
  const [soort, setSoort] = useState<Bewerking['soort']>('vervagen')
  const [bewerkingen, setBewerkingen] = useState<Bewerking[]>([])
  const [bezig, setBezig] = useState<Bewerking | null>(null)
  const [wijzer, setWijzer] = useState<Punt | null>(null)
  const { bezig: bewaart, fout, doe } = useHandeling()

  useEffect(() => {
    const vlak = doek.current?.getContext('2d')
    if (vlak) draw(vlak, bron, bezig ? [...bewerkingen, bezig] : bewerkingen)
    if (vlak && wijzer) drawPointer(vlak, wijzer)
  }, [bron, bewerkingen, bezig, wijzer])

  function pointOf({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): Punt {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    return { x: ((clientX - left) / width) * bron.width, y: ((clientY - top) / height) * bron.height }
  }

  function keyboard(gebeurtenis: KeyboardEvent) {
    const stap = STAPPEN[gebeurtenis.key]
    const nu = wijzer ?? { x: bron.width / 2, y: bron.height / 2 }
    if (stap) {
      const ver = bron.width / 25
      setWijzer({
        x: Math.min(bron.width, Math.max(0, nu.x + stap.x * ver)),
        y: Math.min(bron.height, Math.max(0, nu.y + stap.y * ver)),
      })
    } else if (gebeurtenis.key === 'Enter' || gebeurtenis.key === ' ') {
      setBewerkingen([...bewerkingen, { soort, van: nu, naar: nu }])
    } else return
    gebeurtenis.preventDefault()
  }

  async function keep() {
    const vlak = doek.current?.getContext('2d')
    if (!vlak || doek.current === null) return
    draw(vlak, bron, bewerkingen)
    await onGebruik(await toJpeg(doek.current))
  }

  return (
    <>
      <div className="vw-camera__gereedschap" role="toolbar" aria-label="Bewerken">
        {(['vervagen', 'pijl'] as const).map((keuze) => (
          <button
            key={keuze}
            type="button"
            className="ams-button ams-button--secondary vw-knop"
            aria-pressed={soort === keuze}
            onClick={() => setSoort(keuze)}
          >
            {keuze === 'vervagen' ? 'Vervagen' : 'Pijl'}
          </button>
        ))}
        <button
          type="button"
          className="ams-button ams-button--secondary vw-knop"
          disabled={bewerkingen.length === 0}
          onClick={() => setBewerkingen(bewerkingen.slice(0, -1))}
        >
          Laatste weg
        </button>
      </div>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a drawing surface with keys of its own is an application */}
      <canvas
        ref={doek}
        className="vw-camera__beeld vw-camera__beeld--bewerken"
        width={bron.width}
        height={bron.height}
        tabIndex={0}
        role="application"
        aria-label="Foto. Sleep of tik om te vervagen of een pijl te zetten. Met de pijltjestoetsen schuift u, met Enter zet u neer."
        onKeyDown={keyboard}
        onPointerDown={(gebeurtenis) => {
          gebeurtenis.currentTarget.setPointerCapture(gebeurtenis.pointerId)
          const punt = pointOf(gebeurtenis)
          setWijzer(null)
          setBezig({ soort, van: punt, naar: punt })
        }}
        onPointerMove={(gebeurtenis) => bezig && setBezig({ ...bezig, naar: pointOf(gebeurtenis) })}
        onPointerUp={() => {
          if (bezig) setBewerkingen([...bewerkingen, bezig])
          setBezig(null)
        }}
        onPointerCancel={() => setBezig(null)}
      />
      <p role="status">
        {fout ||
          (bewerkingen.length === 0 ? 'Sleep over wat niet zichtbaar mag zijn.' : `${bewerkingen.length} bewerkt.`)}
      </p>
      <div className="vw-camera__knoppen">
        <button
          type="button"
          className="ams-button ams-button--secondary vw-knop"
          onClick={onOpnieuw}
          disabled={bewaart}
        >
          Opnieuw
        </button>
        <button
          type="button"
          className="ams-button ams-button--primary vw-knop"
          onClick={() => doe(keep)}
          disabled={bewaart}
        >
          Gebruik foto
        </button>
      </div>
    </>
  )
}

function drawPointer(vlak: CanvasRenderingContext2D, { x, y }: Punt): void {
  const straal = vlak.canvas.width / 40
  vlak.lineWidth = straal / 5
  for (const [kleur, maat] of [
    ['#1a1a1a', straal * 1.15],
    ['#ffffff', straal],
  ] as const) {
    vlak.strokeStyle = kleur
    vlak.beginPath()
    vlak.arc(x, y, maat, 0, Math.PI * 2)
    vlak.stroke()
  }
}
