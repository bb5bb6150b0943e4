// Which screen stands where. A path holds opaque ids only: it stays in the history of the browser.

import { Route, Switch } from 'wouter'
import { Alinea, KnopLink } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Controle, Gesloten } from '../tablet/controle/Controle'
import { Starten } from '../tablet/dag/Starten'
import { Vandaag } from '../tablet/dag/Vandaag'
import { Afmelden } from './Afmelden'
import { Instellingen } from './Instellingen'
import { Verzenden } from './Verzenden'

export function Schermen() {
  return (
    <Switch>
      <Route path="/" component={Vandaag} />
      <Route path="/start/:id">{({ id }) => <Starten id={id} />}</Route>
      <Route path="/controle/:id">{({ id }) => <Controle key={id} controleId={id} />}</Route>
      <Route path="/poging/:id">{({ id }) => <Gesloten key={id} controleId={id} />}</Route>
      <Route path="/verzenden" component={Verzenden} />
      <Route path="/instellingen" component={Instellingen} />
      <Route path="/afmelden" component={Afmelden} />
      <Route>
        <Pagina titel="Dit scherm bestaat niet">
          <Alinea>Wat u invulde, staat gewoon op deze tablet.</Alinea>
          <KnopLink naar="/" soort="primary">
            Naar Vandaag
          </KnopLink>
        </Pagina>
      </Route>
    </Switch>
  )
}
