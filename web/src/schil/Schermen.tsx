// Which screen stands where. A path holds opaque ids only: it stays in the history of the browser.

import { Route, Switch } from 'wouter'
import { Alinea, KnopLink } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Afmelden } from './Afmelden'
import { Instellingen } from './Instellingen'
import { Verzenden } from './Verzenden'

export function Schermen() {
  return (
    <Switch>
      <Route path="/">
        <Pagina titel="Vandaag">Nog geen werk op deze tablet.</Pagina>
      </Route>
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
