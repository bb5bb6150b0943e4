// Covers the screen while the app is away, so that the picture in the app switcher shows no place. A web app cannot forbid that picture;
// most systems take it after this event, and none promises it (docs/tablet.md).

import { useEffect, useRef } from 'react'

export function Dekblad() {
  const blad = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // At once and not at the next drawing; a popover lies over an open dialog too.
    const kijk = () => blad.current?.togglePopover(document.visibilityState === 'hidden')
    document.addEventListener('visibilitychange', kijk)
    return () => document.removeEventListener('visibilitychange', kijk)
  }, [])
  return (
    <div ref={blad} popover="manual" className="vw-dekblad">
      Veldwacht
    </div>
  )
}
