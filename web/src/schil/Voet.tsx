// The foot of every screen, within reach of a thumb: how the sending stands, the permit page, and acuut.

import { useState } from 'react'
import { Link } from 'wouter'
import { kern } from '../kern'
import { Acuut } from '../tablet/acuut/Acuut'
import { AANMELDEN } from './Aanmelden'
import { useBijwerken } from './bijwerken'
import { zendregel } from './zendregel'

export function Voet({ onNeutraal }: { onNeutraal: () => void }) {
  const bericht = kern.useZendbericht()
  const { stand, aangemeld } = kern.useSlot()
  const [open, setOpen] = useState(false)
  const letOp = bericht.vraagtAandacht > 0 || bericht.schijfVol
  // Only when the service said so; a tablet that did not ask yet is no reason to send anybody away.
  const afgemeld = stand === 'open' && !aangemeld && bericht.online && bericht.laatstGelukt !== null
  return (
    <footer className={open ? 'vw-voet vw-voet--open' : 'vw-voet'}>
      <div className="vw-voet-stand">
        <Zendregel regels={zendregel(bericht, stand)} />
        {afgemeld && (
          <div role="status" className="vw-voet-regels">
            <span>U bent afgemeld. Uw antwoorden zijn veilig. Meld u opnieuw aan om alles te versturen.</span>
            <a className="ams-button ams-button--secondary vw-knop" href={AANMELDEN}>
              Aanmelden
            </a>
          </div>
        )}
        {stand === 'open' && (
          <nav className="vw-voet-links" aria-label="Deze tablet">
            <Link href="/verzenden">Verzenden</Link>
            <Link href="/instellingen">Instellingen</Link>
          </nav>
        )}
        {stand === 'open' && <Nieuweversie />}
      </div>
      <div className="vw-voet-knoppen">
        {/* Big letters on a telephone: only this one and acuut stand there, or the foot would cover half of the screen. */}
        <button
          type="button"
          className="vw-voet-knop vw-voet-meer"
          aria-expanded={open}
          onClick={() => setOpen((was) => !was)}
        >
          {open ? 'Minder' : letOp ? 'Let op' : 'Meer'}
        </button>
        <button
          type="button"
          className="vw-voet-knop vw-voet-vergunning"
          onClick={onNeutraal}
          // The key that was held to leave the permit page is still down when the focus comes back here.
          onKeyDown={(event) => event.repeat && event.preventDefault()}
        >
          Vergunning
        </button>
        <Acuut />
      </div>
    </footer>
  )
}

function Zendregel({ regels }: { regels: string[] }) {
  return (
    <div role="status" className="vw-voet-regels">
      {regels.map((regel) => (
        <span key={regel}>{regel}</span>
      ))}
    </div>
  )
}

function Nieuweversie() {
  const { klaar, magNu, werkBij } = useBijwerken()
  const [komt, setKomt] = useState(false)
  if (!klaar) return null
  if (komt) return <span role="status">De nieuwe versie komt. Even geduld.</span>
  if (!magNu) return <span>Er is een nieuwe versie. Die komt na deze controle.</span>
  return (
    <button
      type="button"
      className="vw-voet-knop"
      onClick={() => {
        setKomt(true)
        werkBij()
      }}
    >
      Nieuwe versie: tik om bij te werken
    </button>
  )
}
