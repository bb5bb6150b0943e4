// A question that stands before all else; the browser keeps the focus inside and gives it back after.

import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { useOverheen } from '../../onderdelen/overheen'
import { Acuut } from '../acuut/Acuut'

interface Props {
  titel: string
  onSluit: () => void
  children: ReactNode
}

/** Shows a dialog before all else. */
export function useModaal(venster: RefObject<HTMLDialogElement | null>): void {
  useOverheen()
  useEffect(() => {
    const eigen = venster.current
    eigen?.showModal()
    return () => eigen?.close()
  }, [venster])
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
