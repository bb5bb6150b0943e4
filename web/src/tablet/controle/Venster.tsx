// A question that stands before all else; the browser keeps the focus inside and gives it back after.

import { type ReactNode, useId, useRef } from 'react'
import { useModaal } from '../../onderdelen/overheen'
import { Acuut } from '../acuut/Acuut'

interface Props {
  titel: string
  onSluit: () => void
  children: ReactNode
}

export function Venster({ titel, onSluit, children }: Props) {
  const venster = useRef<HTMLDialogElement>(null)
  const titelId = useId()
  useModaal(venster)
  return (
    <dialog ref={venster} className="vw-venster" aria-labelledby={titelId} onCancel={onSluit}>
      <h2 id={titelId}>{titel}</h2>
      {children}
      {/* What lies under a dialog cannot be reached, and acute danger must be. */}
      <div className="vw-venster__acuut">
        <Acuut />
      </div>
    </dialog>
  )
}
