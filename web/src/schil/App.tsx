// The shell: which screen stands where.

import { Route, Router, Switch } from 'wouter'
import { Pagina } from '../onderdelen/Pagina'

export function App() {
  return (
    <Router base="/app">
      <Switch>
        <Route path="/">
          <Pagina titel="Vandaag">Nog geen werk op deze tablet.</Pagina>
        </Route>
        <Route>
          <Pagina titel="Dit scherm bestaat niet">Ga terug naar Vandaag.</Pagina>
        </Route>
      </Switch>
    </Router>
  )
}
