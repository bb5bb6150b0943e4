// Takes one photo: look, take, cover what may not be seen, keep. Nothing of it leaves this screen before 'Gebruik foto'.

import { useEffect, useRef, useState } from 'react'
import { useModaal } from '../../../onderdelen/overheen'
import { Acuut } from '../../acuut/Acuut'
import { Bewerken } from './Bewerken'
import { useCamera } from './camera'
import { sizeFor } from './tekenen'

interface Props {
  onFoto: (beeld: Blob) => Promise<void>
  onSluit: () => void
}

const WOORDEN = {
  start: 'De camera gaat aan.',
  klaar: '',
  geweigerd: 'Veldwacht mag de camera niet gebruiken. Zet de camera aan bij de instellingen van de browser.',
  geen: 'De camera doet het niet. Is hij bij een andere app in gebruik?',
}

export function Camera({ onFoto, onSluit }: Props) {
  const venster = useRef<HTMLDialogElement>(null)
  const beeld = useRef<HTMLVideoElement>(null)
  const [genomen, setGenomen] = useState<ImageBitmap | null>(null)
  const stand = useCamera(beeld, genomen === null)

  useModaal(venster)
  useEffect(() => () => genomen?.close(), [genomen])

  async function take() {
    const bron = beeld.current
    if (bron === null) return
    const { breedte, hoogte } = sizeFor(bron.videoWidth, bron.videoHeight)
    setGenomen(await createImageBitmap(bron, { resizeWidth: breedte, resizeHeight: hoogte }))
  }

  return (
    <dialog ref={venster} className="vw-camera" aria-label="Foto maken" onCancel={onSluit}>
      {genomen ? (
        <Bewerken bron={genomen} onOpnieuw={() => setGenomen(null)} onGebruik={onFoto} />
      ) : (
        <>
          <p className="vw-camera__regel">Geen mensen, documenten of schermen in beeld.</p>
          <video ref={beeld} className="vw-camera__beeld" muted playsInline aria-label="Beeld van de camera" />
          <p role="status">{WOORDEN[stand]}</p>
          <div className="vw-camera__knoppen">
            <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onSluit}>
              Sluiten
            </button>
            <button
              type="button"
              className="ams-button ams-button--primary vw-knop"
              disabled={stand !== 'klaar'}
              onClick={take}
            >
              Maak foto
            </button>
          </div>
        </>
      )}
      <Acuut />
    </dialog>
  )
}
