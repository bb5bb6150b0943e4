// Which screen stands where. A path holds opaque ids only: it stays in the history of the browser.

import { Route, Switch } from 'wouter'
import { Alinea, KnopLink } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Controle } from '../tablet/controle/Controle'
import { Aanwezig } from '../tablet/dag/Aanwezig'
import { Starten } from '../tablet/dag/Starten'
import { Vandaag } from '../tablet/dag/Vandaag'
import { Plattegrond } from '../tablet/kaart/Plattegrond'
import { Telefoonkaart } from '../tablet/kaarten/Kaarten'
import { AdHoc } from '../tablet/melden/AdHoc'
import { Balie } from '../tablet/melden/Balie'
import { NietPluis } from '../tablet/melden/NietPluis'
import { Nieuw } from '../tablet/melden/Nieuw'
import { Ronde } from '../tablet/melden/Ronde'
import { Vlag } from '../tablet/melden/Vlag'
import { Objectmap } from '../tablet/object/Objectmap'
import { Tablets } from '../tablet/tablets/Tablets'
import { Afmelden } from './Afmelden'
import { Instellingen } from './Instellingen'
import { Verzenden } from './Verzenden'

export function Schermen() {
  return (
    <Switch>
      <Route path="/" component={Vandaag} />
      <Route path="/object/:id">{({ id }) => <Objectmap id={id} />}</Route>
      <Route path="/start/:id">{({ id }) => <Starten key={id} id={id} />}</Route>
      <Route path="/controle/:id">{({ id }) => <Controle key={id} controleId={id} />}</Route>
      <Route path="/aanwezig/:id">{({ id }) => <Aanwezig id={id} />}</Route>
      <Route path="/kaart" component={Plattegrond} />
      <Route path="/kaarten">
        <Telefoonkaart />
      </Route>
      <Route path="/kaarten/:type">{({ type }) => <Telefoonkaart type={type} />}</Route>
      <Route path="/nieuw" component={Nieuw} />
      <Route path="/nieuw/controle" component={AdHoc} />
      <Route path="/nieuw/bewoning" component={Vlag} />
      <Route path="/nieuw/niet-pluis" component={NietPluis} />
      <Route path="/nieuw/balie" component={Balie} />
      <Route path="/nieuw/ronde" component={Ronde} />
      <Route path="/tablets" component={Tablets} />
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
