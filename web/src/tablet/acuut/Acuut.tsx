// Acuut, on every screen: the tap saves, the first line says where to go, then whom to call (RTE-01). Not red before departure (PLN-19).

import { Heading } from '@amsterdam/design-system-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { kern } from '../../kern'
import { woorden } from '../../onderdelen/handeling'
import { Alinea, Knop, Kolom } from '../../onderdelen/Kader'
import { useOverheen } from '../../onderdelen/overheen'
import { useHuidigeControle } from '../huidig'
import { type Nummer, recordAcuut, recordBelmoment } from './melden'
import './acuut.css'

type Stand = { soort: 'bezig' } | { soort: 'opgeslagen'; over: string } | { soort: 'mislukt'; reden: string }

export function Acuut() {
  const controleId = useHuidigeControle()
  const [open, setOpen] = useState(false)
  const knop = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    knop.current?.focus()
  }
  return (
    <>
      <button ref={knop} type="button" className="vw-acuut-knop" onClick={() => setOpen(true)}>
        Acuut
      </button>
      {open && <Acuutscherm controleId={controleId} onSluit={close} />}
    </>
  )
}

/** Records as it opens: the tap that opened it is the report. */
function Acuutscherm({ controleId, onSluit }: { controleId: string | null; onSluit: () => void }) {
  const objectId = kern.useControle(controleId ?? '')?.pakket?.object.id ?? null
  const [stand, setStand] = useState<Stand>({ soort: 'bezig' })
  const melding = useRef<Promise<{ over: string }> | null>(null)
  const kop = useRef<HTMLDivElement>(null)
  const [gebeld, setGebeld] = useState(false)
  useOverheen()

  const meld = () => {
    setStand({ soort: 'bezig' })
    melding.current = recordAcuut(controleId, objectId)
    melding.current.then(
      ({ over }) => setStand({ soort: 'opgeslagen', over }),
      (fout: unknown) => {
        melding.current = null
        setStand({ soort: 'mislukt', reden: woorden(fout) })
      },
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the tap; what changes later does not report again
  useEffect(() => {
    if (melding.current === null) meld()
    kop.current?.focus()
  }, [])

  // Who calls before the report is on the disk has his call recorded right after it.
  const bel = (nummer: Nummer) => {
    const opgeslagen = melding.current?.then(({ over }) => recordBelmoment(over, nummer))
    opgeslagen?.then(
      () => setGebeld(true),
      (fout: unknown) => setStand({ soort: 'mislukt', reden: woorden(fout) }),
    )
  }

  return (
    <div
      className="vw-acuut"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="vw-acuut-kop"
      onKeyDown={stayInside}
    >
      <Kolom>
        <div ref={kop} tabIndex={-1} className="vw-acuut-kop">
          <Heading level={1} id="vw-acuut-kop">
            Loop naar een veilige plek
          </Heading>
        </div>
        <a className="vw-acuut-bel" href="tel:112" onClick={() => bel('112')}>
          Bel 112
        </a>
        <a className="vw-acuut-bel vw-acuut-bel--tweede" href="tel:09008844" onClick={() => bel('politie')}>
          <span>
            Bel politie <span className="vw-nummer">0900-8844</span>
          </span>
        </a>
        <p className="vw-acuut-stand" role="status">
          {stand.soort === 'bezig' && 'De melding wordt opgeslagen.'}
          {stand.soort === 'opgeslagen' && 'De melding is opgeslagen. De tablet verstuurt haar vanzelf, ook later.'}
          {stand.soort === 'mislukt' && `De melding is niet opgeslagen. ${stand.reden}`}
          {gebeld && ' Hoe laat u belde, is ook opgeslagen.'}
        </p>
        {stand.soort === 'mislukt' && (
          <Knop breed onClick={meld}>
            Sla de melding nog eens op
          </Knop>
        )}
        <Alinea>
          Belt u met een andere telefoon? Tik toch op het nummer: dan onthoudt de tablet hoe laat u belde. Per ongeluk
          getikt? Zeg dat tegen de aandachtsfunctionaris.
        </Alinea>
        <Knop breed onClick={onSluit}>
          Terug naar het scherm
        </Knop>
      </Kolom>
    </div>
  )
}

/** The keyboard goes round in what lies over the screen; what is under it cannot be seen. */
function stayInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return
  const bij = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href], button')]
  const rand = event.shiftKey ? bij[0] : bij.at(-1)
  const hier = document.activeElement
  if (hier !== rand && bij.includes(hier as HTMLElement)) return
  event.preventDefault()
  ;(event.shiftKey ? bij.at(-1) : bij[0])?.focus()
}
