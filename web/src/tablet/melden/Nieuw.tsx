// What can be recorded besides the route, by role.

import { kern } from '../../kern'
import { KnopLink, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { mag } from '../dag/rollen'

export function Nieuw() {
  const { sessie } = kern.useSlot()
  return (
    <Pagina titel="Vastleggen" terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        {mag(sessie, 'vlag') && (
          <KnopLink naar="/nieuw/bewoning" soort="primary" breed>
            Overbewoning of ander woongebruik
          </KnopLink>
        )}
        {mag(sessie, 'veld') && (
          <KnopLink naar="/nieuw/controle" breed>
            Controle op een andere plek
          </KnopLink>
        )}
        {mag(sessie, 'balie') ? (
          <KnopLink naar="/nieuw/balie" soort="primary" breed>
            Melding van de balie
          </KnopLink>
        ) : (
          <KnopLink naar="/nieuw/niet-pluis" breed>
            Niet pluis
          </KnopLink>
        )}
        {mag(sessie, 'veld') && (
          <KnopLink naar="/nieuw/ronde" breed>
            Ronde door de raamstraten
          </KnopLink>
        )}
      </Kolom>
    </Pagina>
  )
}
