// The tablet is locked: nothing can be read. Acuut works, and what waits is sent.

import { type FormEvent, useState } from 'react'
import { kern } from '../kern'
import type { Pinreden } from '../kern/contract'
import { useHandeling } from '../onderdelen/handeling'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { AANMELDEN } from './Aanmelden'
import { Pinveld } from './Pinveld'

const REDENEN: Record<Pinreden, string> = {
  onjuist: 'De pincode is niet juist.',
  'geen-netwerk': 'Zonder netwerk kan de tablet niet open. Zoek netwerk.',
  'niet-aangemeld': 'Meld u eerst opnieuw aan.',
  vernietigd: 'Er is vijf keer een verkeerde pincode ingetikt. Geen enkele pincode opent deze tablet nog.',
  'geen-helft':
    'Bij uw account hoort geen pincode op deze tablet. Heeft een collega hem ingesteld? Dan kan alleen die hem openen: laat uw collega zich hier aanmelden. Is het uw eigen tablet? Dan is de pincode gewist en gaat hij niet meer open.',
  geweigerd: 'Met uw account gaat deze tablet niet open. Meld u aan met het account waarmee u hem instelde.',
}

const VASTGELOPEN: ReadonlySet<Pinreden> = new Set(['vernietigd', 'geen-helft'])
const ANDER_ACCOUNT: ReadonlySet<Pinreden> = new Set(['niet-aangemeld', 'geen-helft', 'geweigerd'])

export function Slotscherm() {
  const { ontgrendelen } = kern.useSlot()
  const { fotosTeGaan } = kern.useZendbericht()
  return (
    <Pagina titel="Vergrendeld">
      <Kolom>
        <Alinea>Wat u invulde, staat versleuteld op deze tablet.</Alinea>
        {fotosTeGaan > 0 && (
          <Alinea>
            {fotosTeGaan === 1 ? 'Er staat hier nog een foto.' : `Er staan hier nog ${fotosTeGaan} foto’s.`} Foto’s gaan
            pas weg als u zich hebt aangemeld en de tablet hebt ontgrendeld. Antwoorden en meldingen gaan vanzelf.
          </Alinea>
        )}
        {ontgrendelen.includes('sleutel') && <MetSleutel />}
        {ontgrendelen.includes('pincode') && <MetPin />}
      </Kolom>
    </Pagina>
  )
}

function MetSleutel() {
  const { bezig, fout, doe } = useHandeling()
  return (
    <Kolom dicht>
      <Knop soort="primary" breed disabled={bezig} onClick={() => doe(() => kern.unlockWithKey())}>
        Ontgrendel
      </Knop>
      <div role="status">{fout && <Alinea>{fout}</Alinea>}</div>
    </Kolom>
  )
}

function MetPin() {
  const [pin, setPin] = useState('')
  const [reden, setReden] = useState<Pinreden | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const { bezig, fout, doe } = useHandeling()
  const open = (event: FormEvent) => {
    event.preventDefault()
    doe(async () => {
      const uitslag = await kern.unlockWithPin(pin)
      setPin('')
      setReden(uitslag.gelukt ? null : (uitslag.reden ?? 'onjuist'))
      setOver(uitslag.pogingenOver)
    })
  }
  return (
    <form onSubmit={open}>
      <Kolom>
        <Pinveld vraag="Pincode" waarde={pin} onTyp={setPin} />
        <Knop type="submit" soort="primary" breed disabled={bezig || pin.length === 0}>
          Ontgrendel met pincode
        </Knop>
        <div role="status">
          {fout && <Alinea>{fout}</Alinea>}
          {reden && (
            <Alinea>
              {REDENEN[reden]}
              {over !== null && over > 0 && ` U kunt het nog ${over} keer proberen.`}
            </Alinea>
          )}
        </div>
        {reden !== null && ANDER_ACCOUNT.has(reden) && (
          <a className="ams-button ams-button--secondary vw-knop vw-knop--breed" href={AANMELDEN}>
            Aanmelden
          </a>
        )}
        {reden !== null && VASTGELOPEN.has(reden) && <Opnieuw bezig={bezig} onJa={() => doe(() => kern.beginAnew())} />}
      </Kolom>
    </form>
  )
}

/** Asked twice: on a tablet of a colleague this would take away what only he can still open. */
function Opnieuw({ bezig, onJa }: { bezig: boolean; onJa: () => void }) {
  const { fotosTeGaan } = kern.useZendbericht()
  const [zeker, setZeker] = useState(false)
  if (!zeker)
    return (
      <Knop breed onClick={() => setZeker(true)}>
        Stel de tablet opnieuw in
      </Knop>
    )
  return (
    <Kader titel="Alles op deze tablet gaat weg">
      <Kolom>
        <Alinea>Antwoorden en meldingen die nog wachten, worden wel verstuurd.</Alinea>
        {fotosTeGaan > 0 && (
          <Alinea>
            {fotosTeGaan === 1 ? 'Een foto die hier nog staat, gaat verloren.' : `${fotosTeGaan} foto’s gaan verloren.`}{' '}
            Zijn ze van een collega? Laat die eerst de tablet openen.
          </Alinea>
        )}
        <Knop breed disabled={bezig} onClick={onJa}>
          Ja, stel opnieuw in
        </Knop>
        <Knop breed onClick={() => setZeker(false)}>
          Nee, laat staan
        </Knop>
      </Kolom>
    </Kader>
  )
}
