// Which screen stands where. A path holds opaque ids only: it stays in the history of the browser.

import { Fragment, lazy, type ReactNode, Suspense } from 'react'
import { Route, Switch, useRoute } from 'wouter'
import { Alinea, KnopLink } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Controle, Gesloten } from '../tablet/controle/Controle'
import { Aanwezig } from '../tablet/dag/Aanwezig'
import { Starten } from '../tablet/dag/Starten'
import { Vandaag } from '../tablet/dag/Vandaag'
import { useIsHuidig } from '../tablet/huidig'
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

/** The map and its library come when they are asked for; the rest of the app is one piece. */
const Plattegrond = lazy(async () => ({ default: (await import('../tablet/kaart/Plattegrond')).Plattegrond }))

/** Screens about one control; the last one that was seen is what 'acuut' and the permit page are about. */
const VAN_CONTROLE: Record<string, (id: string) => ReactNode> = {
  '/object/:id': (id) => <Objectmap id={id} />,
  '/start/:id': (id) => <Starten id={id} />,
  '/aanwezig/:id': (id) => <Aanwezig id={id} />,
  '/controle/:id': (id) => <Controle controleId={id} />,
  '/poging/:id': (id) => <Gesloten controleId={id} />,
}

const LOS: Record<string, () => ReactNode> = {
  '/': () => <Vandaag />,
  '/kaart': () => (
    <Suspense fallback={<Pagina titel="Plattegrond">Even geduld.</Pagina>}>
      <Plattegrond />
    </Suspense>
  ),
  '/kaarten': () => <Telefoonkaart />,
  '/nieuw': () => <Nieuw />,
  '/nieuw/controle': () => <AdHoc />,
  '/nieuw/bewoning': () => <Vlag />,
  '/nieuw/niet-pluis': () => <NietPluis />,
  '/nieuw/balie': () => <Balie />,
  '/nieuw/ronde': () => <Ronde />,
  '/tablets': () => <Tablets />,
  '/verzenden': () => <Verzenden />,
  '/instellingen': () => <Instellingen />,
  '/afmelden': () => <Afmelden />,
}

export function Schermen() {
  return (
    <Switch>
      {Object.entries(LOS).map(([pad, scherm]) => (
        <Route key={pad} path={pad}>
          {scherm}
        </Route>
      ))}
      {Object.entries(VAN_CONTROLE).map(([pad, scherm]) => (
        <Route key={pad} path={pad}>
          {({ id }: { id: string }) => <Fragment key={id}>{scherm(id)}</Fragment>}
        </Route>
      ))}
      <Route path="/kaarten/:type">{({ type }) => <Telefoonkaart type={type} />}</Route>
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

/** Whatever is shown: a browser that threw the page away comes back locked on the same path, and acuut there is about the same control. */
export function useControleUitPad(): void {
  const [klopt, delen] = useRoute<{ scherm: string; id: string }>('/:scherm/:id')
  useIsHuidig(klopt && `/${delen.scherm}/:id` in VAN_CONTROLE ? delen.id : null)
}
