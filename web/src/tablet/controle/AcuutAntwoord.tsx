// An answer that means danger now: safety first, then who to call. At doubt about age the police, 112 only at danger (RTE-01).
// The answer is being saved meanwhile, and the service makes of it what the acute button makes.

import { useState } from 'react'
import { woorden as inWoorden } from '../../onderdelen/handeling'
import { type Nummer, recordBelmoment } from '../acuut/melden'
import type { Tikken } from './tikken'
import { Venster } from './Venster'

interface Props {
  controleId: string
  acuut: NonNullable<Tikken['acuut']>
  /** Why the answer could not be stored, in words. */
  nietBewaard: string | null
  onSluit: () => void
}

const POLITIE: [Nummer, string, string] = ['politie', 'tel:09008844', 'Bel politie 0900-8844']
const ALARM: [Nummer, string, string] = ['112', 'tel:112', 'Bel 112']

export function AcuutAntwoord({ controleId, acuut: { soort, opgeslagen }, nietBewaard, onSluit }: Props) {
  const [fout, setFout] = useState('')
  // Calling goes first; the time of the call is recorded beside it.
  const called = (nummer: Nummer) =>
    recordBelmoment(controleId, nummer).catch((oorzaak: unknown) => setFout(inWoorden(oorzaak)))
  return (
    <Venster titel="Loop naar een veilige plek" onSluit={onSluit}>
      <div className="vw-knoppen">
        {(soort === 'jong' ? [POLITIE] : [ALARM, POLITIE]).map(([nummer, href, woorden], plek) => (
          <a
            key={nummer}
            className={`ams-button ams-button--${plek === 0 ? 'primary' : 'secondary'} vw-knop`}
            href={href}
            onClick={() => void called(nummer)}
          >
            {woorden}
          </a>
        ))}
      </div>
      <p>{soort === 'jong' ? 'Is er nu gevaar? Tik op Acuut.' : 'Grijp niet zelf in.'}</p>
      <p role="status">{opgeslagen && 'Uw antwoord is opgeslagen.'}</p>
      {[nietBewaard, fout].filter(Boolean).map((tekst) => (
        <p key={tekst} role="alert">
          {tekst}
        </p>
      ))}
      <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onSluit}>
        Terug naar de lijst
      </button>
    </Venster>
  )
}
