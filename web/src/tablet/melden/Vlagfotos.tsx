// Photos with a flag, if somebody wants: first on what ground one stands there, then the camera of the app (REG-09, PLN-04, V5).

import { useState } from 'react'
import { kern } from '../../kern'
import type { Fotogrond } from '../../kern/contract'
import { Alinea, Knop, Kolom, Opent } from '../../onderdelen/Kader'
import { Keuzetegels } from '../../onderdelen/Velden'
import { Camera } from '../controle/foto/Camera'
import { Miniatuur } from '../controle/foto/Fotos'

/** As many as the service takes with one flag. */
const MEESTE = 5
const GRONDEN: readonly { code: Fotogrond; tekst: string }[] = [
  { code: 'van-buiten', tekst: 'Buiten, of waar iedereen mag komen' },
  { code: 'toestemming', tekst: 'Binnen, een bewoner vindt het goed' },
  { code: 'machtiging', tekst: 'Binnen, met een machtiging' },
  { code: 'gevaar', tekst: 'Binnen, door direct gevaar' },
]

export function Vlagfotos({ vlagId }: { vlagId: string }) {
  const fotos = kern.useFotos().filter((foto) => foto.controleId === vlagId)
  const [gekozen, setGekozen] = useState<Fotogrond | null>(null)
  const [camera, setCamera] = useState(false)
  const grond = fotos[0]?.grond ?? gekozen

  async function add(beeld: Blob) {
    if (grond !== null) await kern.addVlagfoto(vlagId, grond, beeld)
    setCamera(false)
  }

  return (
    <Opent open titel={fotos.length === 0 ? 'Foto (hoeft niet)' : `Foto’s (${fotos.length})`}>
      <Kolom>
        {fotos.length === 0 && (
          <Keuzetegels
            vraag="Waar staat u?"
            uitleg="Zonder toestemming of machtiging maakt u binnen geen foto."
            keuzes={GRONDEN}
            waarde={grond}
            onKies={(code) => setGekozen(code as Fotogrond)}
          />
        )}
        {fotos.length > 0 && (
          <ul className="vw-fotos__lijst" aria-label="Foto’s">
            {fotos.map((foto, plaats) => (
              <Miniatuur key={foto.id} foto={foto} nummer={plaats + 1} onWeg={() => kern.removeFoto(foto.id)} />
            ))}
          </ul>
        )}
        {fotos.length < MEESTE ? (
          <Knop disabled={grond === null} onClick={() => setCamera(true)}>
            {fotos.length === 0 ? 'Foto maken' : 'Nog een foto maken'}
          </Knop>
        ) : (
          <Alinea>Meer dan {MEESTE} foto’s kan niet bij een melding.</Alinea>
        )}
        {camera && <Camera onFoto={add} onSluit={() => setCamera(false)} />}
      </Kolom>
    </Opent>
  )
}
