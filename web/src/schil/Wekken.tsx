// Switches messages of this device on and off.

import { useEffect, useState } from 'react'
import { useHandeling } from '../onderdelen/handeling'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { startWekken, stopWekken, type Wekstand, wekstand } from './push'

export function Wekken() {
  const [stand, setStand] = useState<Wekstand>('kan niet')
  const [bezwaar, setBezwaar] = useState('')
  const { bezig, fout, doe } = useHandeling()
  const kijk = async () => setStand(await wekstand())
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks once
  useEffect(() => doe(kijk), [])
  if (stand === 'kan niet') return null
  return (
    <Kader titel="Berichten" stil>
      <Kolom dicht>
        <Alinea>De tablet meldt alleen: “nieuw bericht”. Wat erin staat, leest u pas na het ontgrendelen.</Alinea>
        <Knop
          breed
          disabled={bezig}
          onClick={() =>
            doe(async () => {
              if (stand === 'aan') await stopWekken()
              else setBezwaar(await startWekken())
              await kijk()
            })
          }
        >
          {stand === 'aan' ? 'Zet berichten uit' : 'Zet berichten aan'}
        </Knop>
        <div role="status">{(bezwaar || fout) && <Alinea>{bezwaar || fout}</Alinea>}</div>
      </Kolom>
    </Kader>
  )
}
