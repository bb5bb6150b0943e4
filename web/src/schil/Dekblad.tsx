// Covers the screen while the app is away, so that the picture in the app switcher shows no place. A web app cannot forbid that picture;
// most systems take it after this event, and none promises it (docs/tablet.md).

import { useEffect, useState } from 'react'

export function Dekblad() {
  const [weg, setWeg] = useState(false)
  useEffect(() => {
    const kijk = () => {
      const verborgen = document.visibilityState === 'hidden'
      document.documentElement.toggleAttribute('data-weg', verborgen)
      setWeg(verborgen)
    }
    document.addEventListener('visibilitychange', kijk)
    return () => document.removeEventListener('visibilitychange', kijk)
  }, [])
  return weg ? <div className="vw-dekblad">Veldwacht</div> : null
}
