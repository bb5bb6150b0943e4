// The photos of one question: take, look, remove. The kernel stores the bytes together with the answer that names them.

import { useState } from 'react'
import { kern } from '../../../kern'
import type { Foto } from '../../../kern/contract'
import { Camera } from './Camera'
import './foto.css'

interface Props {
  controleId: string
  item: string
  maximum: number
  labelId: string
}

export function Fotos({ controleId, item, maximum, labelId }: Props) {
  const stand = kern.useControle(controleId)
  const [camera, setCamera] = useState(false)
  const fotos = stand?.fotos.filter((foto) => foto.item === item) ?? []

  async function add(beeld: Blob) {
    await kern.addFoto(controleId, item, beeld)
    setCamera(false)
  }

  return (
    <div className="vw-fotos">
      {fotos.length > 0 && (
        <ul className="vw-fotos__lijst" aria-labelledby={labelId}>
          {fotos.map((foto, nummer) => (
            <Miniatuur key={foto.id} foto={foto} nummer={nummer + 1} onWeg={() => kern.removeFoto(foto.id)} />
          ))}
        </ul>
      )}
      {fotos.length < maximum ? (
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => setCamera(true)}>
          {fotos.length === 0 ? 'Foto maken' : 'Nog een foto maken'}
        </button>
      ) : (
        <p>Meer dan {maximum} foto’s kan niet bij deze vraag.</p>
      )}
      {camera && <Camera onFoto={add} onSluit={() => setCamera(false)} />}
    </div>
  )
}

interface Beeld {
  foto: Foto
  nummer: number
  onWeg: () => Promise<void>
}

/** One photo, small, with the two taps that take it away. */
export function Miniatuur({ foto, nummer, onWeg }: Beeld) {
  const beeld = kern.useFotobeeld(foto.id)
  const [vraagt, setVraagt] = useState(false)
  return (
    <li className="vw-fotos__foto">
      {beeld ? (
        <img src={beeld} alt={`Foto ${nummer}`} />
      ) : (
        <p className="vw-fotos__leeg">Foto {nummer}: niet meer op deze tablet</p>
      )}
      <p>{foto.reden ?? foto.stand}</p>
      {vraagt ? (
        <>
          <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => void onWeg()}>
            Ja, verwijder foto {nummer}
          </button>
          <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => setVraagt(false)}>
            Bewaren
          </button>
        </>
      ) : (
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => setVraagt(true)}>
          Verwijder foto {nummer}
        </button>
      )}
    </li>
  )
}
