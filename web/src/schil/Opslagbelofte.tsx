// Whether the browser promised to keep what lies here. Without that promise it may clear the store of an app when the disk is full.

import { useEffect, useState } from 'react'
import { Alinea } from '../onderdelen/Kader'

export function Opslagbelofte() {
  const [beloofd, setBeloofd] = useState(true)
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setBeloofd)
  }, [])
  if (beloofd) return null
  return (
    <Alinea>
      De browser mag opruimen wat hier nog niet is verstuurd als de tablet vol raakt. Zet Veldwacht op het beginscherm
      van de tablet en open het daar: dan blijft alles staan.
    </Alinea>
  )
}
