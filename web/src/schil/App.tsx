// The shell: what stands on the screen follows from how the lock stands. Acuut, the foot line and the permit page lie around all of it.

import { useCallback, useEffect, useState } from 'react'
import { Router } from 'wouter'
import { kern } from '../kern'
import { useKeptFocus } from '../onderdelen/focus'
import { useGebaar } from '../tablet/neutraal/gebaar'
import { Neutraal } from '../tablet/neutraal/Neutraal'
import { Aanmelden } from './Aanmelden'
import { Dekblad } from './Dekblad'
import { Foutgrens } from './Foutgrens'
import { Gewist } from './Gewist'
import { Instellen } from './Instellen'
import { Opslagdicht, Opstarten } from './Opstarten'
import { useMerk } from './opslagweg'
import { onBericht } from './push'
import { Schermen, useControleUitPad } from './Schermen'
import { Slotscherm } from './Slotscherm'
import { Voet } from './Voet'

export function App() {
  const [neutraal, setNeutraal] = useState(false)
  const toonNeutraal = useCallback(() => setNeutraal(true), [])
  useGebaar(toonNeutraal)
  useKeptFocus()
  return (
    <Router base="/app">
      <div className="vw-app">
        <div className="vw-inhoud">
          <Foutgrens>
            <Stand />
          </Foutgrens>
        </div>
        <Foutgrens klein>
          {neutraal && <Neutraal onTerug={() => setNeutraal(false)} />}
          <Voet onNeutraal={toonNeutraal} />
        </Foutgrens>
        <Dekblad />
      </div>
    </Router>
  )
}

function Stand() {
  const { stand } = kern.useSlot()
  useControleUitPad()
  useMerk(stand)
  const [dicht, setDicht] = useState(false)
  const [fout, setFout] = useState<unknown>(null)
  const begin = useCallback(() => {
    setDicht(false)
    kern.start().catch((oorzaak: unknown) => {
      reportError(oorzaak)
      setDicht(true)
    })
  }, [])
  useEffect(begin, [begin])
  // A push says that there is something; a tap on it looks what it is, whatever the next round was planned for.
  useEffect(() => onBericht(() => void kern.sendNow().catch(setFout)), [])
  if (fout !== null) throw fout
  if (dicht) return <Opslagdicht onNogEens={begin} />
  switch (stand) {
    case 'onbekend':
      return <Opstarten />
    case 'niet-aangemeld':
      return <Aanmelden />
    case 'instellen':
      return <Instellen />
    case 'vergrendeld':
      return <Slotscherm />
    case 'gewist':
      return <Gewist />
    case 'open':
      return <Schermen />
  }
}
