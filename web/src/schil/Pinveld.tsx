// A PIN: six digits at least, none that everybody tries first.

import { type FormEvent, useId, useState } from 'react'
import { Alinea, Knop, Kolom } from '../onderdelen/Kader'
import { pinbezwaar } from './pin'

export function Pinveld(props: { vraag: string; waarde: string; onTyp: (pin: string) => void }) {
  const id = useId()
  return (
    <div className="vw-veld">
      <label htmlFor={id}>{props.vraag}</label>
      <input
        id={id}
        className="vw-invoer vw-invoer--kort"
        type="password"
        inputMode="numeric"
        pattern="[0-9]*"
        maxLength={12}
        autoComplete="off"
        value={props.waarde}
        onChange={(event) => props.onTyp(event.target.value.replace(/\D/g, ''))}
      />
    </div>
  )
}

export function Nieuwepin({ bezig, onKies }: { bezig: boolean; onKies: (pin: string) => void }) {
  const [pin, setPin] = useState('')
  const [nogEens, setNogEens] = useState('')
  const [bezwaar, setBezwaar] = useState('')
  const kies = (event: FormEvent) => {
    event.preventDefault()
    const nu = pinbezwaar(pin) || (pin === nogEens ? '' : 'De twee pincodes zijn niet hetzelfde.')
    setBezwaar(nu)
    if (!nu) onKies(pin)
  }
  return (
    <form onSubmit={kies} noValidate>
      <Kolom>
        <Pinveld vraag="Pincode" waarde={pin} onTyp={setPin} />
        <Pinveld vraag="Pincode nog eens" waarde={nogEens} onTyp={setNogEens} />
        <div role="status">{bezwaar && <Alinea>{bezwaar}</Alinea>}</div>
        <Knop type="submit" breed disabled={bezig}>
          Stel in met pincode
        </Knop>
      </Kolom>
    </form>
  )
}
