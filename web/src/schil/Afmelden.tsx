// Signing out empties the tablet. What was not sent yet is said first; whoever signs out all the same leaves it sealed, and it is sent later.

import { useState } from 'react'
import { kern } from '../kern'
import { useHandeling } from '../onderdelen/handeling'
import { Alinea, Kader, Knop, KnopLink, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'

export function Afmelden() {
  const [over, setOver] = useState(0)
  const { bezig, fout, doe } = useHandeling()
  const { fotosTeGaan } = kern.useZendbericht()
  const meldAf = (toch: boolean) =>
    doe(async () => {
      setOver((await kern.signOut(toch)).nietVerstuurd)
    })
  return (
    <Pagina titel="Afmelden" terug={{ naar: '/instellingen', tekst: 'Instellingen' }}>
      <Kolom>
        <Alinea>De tablet verstuurt eerst wat er nog wacht. Daarna staat er geen werk meer op.</Alinea>
        {over === 0 ? (
          <Knop soort="primary" breed disabled={bezig} onClick={() => meldAf(false)}>
            {bezig ? 'Bezig met versturen' : 'Verstuur en meld af'}
          </Knop>
        ) : (
          <Kader titel={over === 1 ? '1 bericht is nog niet verstuurd' : `${over} berichten zijn nog niet verstuurd`}>
            <Kolom>
              <Alinea>
                Zoek netwerk en probeer het opnieuw. Meldt u toch af? Dan blijven ze versleuteld op deze tablet. Niemand
                kan ze hier lezen. De tablet verstuurt ze zodra er netwerk is.
              </Alinea>
              {fotosTeGaan > 0 && (
                <Alinea>Foto’s gaan pas weg als u zich hier weer aanmeldt en de tablet ontgrendelt.</Alinea>
              )}
              <Knop soort="primary" breed disabled={bezig} onClick={() => meldAf(false)}>
                Probeer het opnieuw
              </Knop>
              <Knop breed disabled={bezig} onClick={() => meldAf(true)}>
                Meld toch af
              </Knop>
              <KnopLink breed naar="/verzenden">
                Bekijk wat er wacht
              </KnopLink>
            </Kolom>
          </Kader>
        )}
        <div role="status">{fout && <Alinea>{fout}</Alinea>}</div>
      </Kolom>
    </Pagina>
  )
}
