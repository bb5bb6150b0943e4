// The day: what runs, what is next in the order of the route, what is done, and what can be done besides.

import { Heading } from '@amsterdam/design-system-react'
import { useMemo, useState } from 'react'
import { kern } from '../../kern'
import type { Controlestand, Sessie, Werkpakket } from '../../kern/contract'
import { Alinea, Bericht, Kader, Knop, KnopLink, Kolom, Opent, Rij } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { dagenLater, datumVan, klokMetDag, weekdag } from '../tijden'
import { Acties } from './Acties'
import { Controlekaart, Dagregel } from './Controlekaart'
import { Route } from './Route'
import { mag } from './rollen'
import { useNu } from './useNu'
import { deelIn, vanDeDag, verschuif } from './volgorde'

export function Vandaag() {
  const nu = useNu()
  const vandaag = datumVan(nu)
  const { sessie } = kern.useSlot()
  const { pakket, opgehaaldOp, ververs } = kern.useWerkpakket(vandaag)
  const standen = kern.useControles()
  const hand = kern.useConcept<string[]>(`volgorde ${vandaag}`)
  const [ordenen, setOrdenen] = useState(false)
  const dagstanden = useMemo(() => vanDeDag(standen, pakket, vandaag), [standen, pakket, vandaag])
  const { bezig, teDoen, klaar } = deelIn(dagstanden, hand.waarde)
  const ids = teDoen.map((stand) => stand.controleId)

  return (
    <Pagina titel="Vandaag">
      <Kolom>
        <Rij uit>
          <Alinea>{weekdag(vandaag)}</Alinea>
          {mag(sessie, 'veld') && (
            <Alinea klein>{opgehaaldOp ? `Bijgewerkt: ${klokMetDag(opgehaaldOp, nu)}` : 'Nog niet opgehaald'}</Alinea>
          )}
        </Rij>
        {mag(sessie, 'veld') && <Acties pakket={pakket} nu={nu} ververs={ververs} />}
        {bezig.length > 0 && (
          <Lijst titel="Nu bezig" standen={bezig} nu={nu} uitcheckenMin={pakket?.gemeenten[0]?.uitcheckenMin ?? null} />
        )}
        {mag(sessie, 'veld') && (
          <section className="vw-dagdeel">
            <Rij uit>
              <Heading level={2}>Nog te doen</Heading>
              {ids.length > 1 && (
                <Knop onClick={() => setOrdenen(!ordenen)} aria-expanded={ordenen}>
                  {ordenen ? 'Klaar met volgorde' : 'Andere volgorde'}
                </Knop>
              )}
            </Rij>
            <Kolom>
              {ordenen && <Route datum={vandaag} standen={teDoen} ververs={ververs} onTerug={hand.wis} />}
              {hand.waarde !== null && (
                <Rij uit>
                  <Alinea klein>Eigen volgorde, alleen op deze tablet.</Alinea>
                  <Knop soort="tertiary" onClick={() => void hand.wis()}>
                    Terug naar de route
                  </Knop>
                </Rij>
              )}
              <Kaarten
                standen={teDoen}
                nu={nu}
                {...(ordenen
                  ? { onSchuif: (id: string, stap: -1 | 1) => void hand.bewaar(verschuif(ids, id, stap)) }
                  : {})}
              />
              {teDoen.length === 0 && <Niets pakket={pakket} klaar={klaar.length} ververs={ververs} />}
            </Kolom>
          </section>
        )}
        <Meer sessie={sessie} />
        {klaar.length > 0 && (
          <Opent titel={`Klaar (${klaar.length})`}>
            <Kaarten standen={klaar} nu={nu} />
          </Opent>
        )}
        {mag(sessie, 'veld') && <Morgen datum={dagenLater(vandaag, 1)} nu={nu} />}
      </Kolom>
    </Pagina>
  )
}

function Lijst(props: { titel: string; standen: Controlestand[]; nu: Date; uitcheckenMin: number | null }) {
  const { titel, ...rest } = props
  return (
    <section className="vw-dagdeel">
      <Heading level={2}>{titel}</Heading>
      <Kaarten {...rest} />
    </section>
  )
}

function Kaarten(props: {
  standen: Controlestand[]
  nu: Date
  uitcheckenMin?: number | null
  onSchuif?: (id: string, stap: -1 | 1) => void
}) {
  return (
    <ol className="vw-lijst">
      {props.standen.map((stand, index) => (
        <li key={stand.controleId}>
          <Controlekaart
            stand={stand}
            nu={props.nu}
            uitcheckenMin={props.uitcheckenMin ?? null}
            {...(props.onSchuif
              ? { onSchuif: props.onSchuif, eerste: index === 0, laatste: index === props.standen.length - 1 }
              : {})}
          />
        </li>
      ))}
    </ol>
  )
}

function Niets(props: { pakket: Werkpakket | null; klaar: number; ververs: () => Promise<void> }) {
  if (props.pakket !== null) {
    return <Alinea>{props.klaar > 0 ? 'Alles van vandaag is gedaan.' : 'Er staat vandaag niets op uw route.'}</Alinea>
  }
  return (
    <Bericht titel="De dag staat nog niet op deze tablet">
      <Alinea>Zoek netwerk. Daarna werkt de dag ook zonder netwerk.</Alinea>
      <Knop onClick={() => void props.ververs()}>Haal de dag op</Knop>
    </Bericht>
  )
}

/** Who has no route finds his own work here, one tap away. */
function Meer({ sessie }: { sessie: Sessie | null }) {
  return (
    <nav aria-label="Ook te doen" className="vw-dagdeel">
      {mag(sessie, 'vlag') && (
        <KnopLink naar="/nieuw/bewoning" soort="primary" breed>
          Overbewoning of ander woongebruik
        </KnopLink>
      )}
      {mag(sessie, 'balie') && (
        <KnopLink naar="/nieuw/balie" soort="primary" breed>
          Melding van de balie
        </KnopLink>
      )}
      <div className="vw-tegels vw-tegels--smal">
        <KnopLink naar="/nieuw">Iets anders vastleggen</KnopLink>
        <KnopLink naar="/kaart">Plattegrond</KnopLink>
        <KnopLink naar="/kaarten">Nummers en naslag</KnopLink>
      </div>
    </nav>
  )
}

function Morgen({ datum, nu }: { datum: string; nu: Date }) {
  const { pakket, ververs } = kern.useWerkpakket(datum)
  if (pakket === null || pakket.controles.length + pakket.acties.length === 0) return null
  return (
    <Opent titel={`Morgen, ${weekdag(datum)} (${pakket.controles.length})`}>
      <Kolom>
        <Acties pakket={pakket} nu={nu} ververs={ververs} titel="Actie met partners, morgen" />
        <ol className="vw-lijst">
          {pakket.controles.map((controle) => (
            <li key={controle.id}>
              <Kader stil>
                <Morgenregel controle={controle} />
              </Kader>
            </li>
          ))}
        </ol>
      </Kolom>
    </Opent>
  )
}

function Morgenregel({ controle }: { controle: Werkpakket['controles'][number] }) {
  return (
    <Dagregel
      tijd={controle.aanvang}
      plek={{ naam: controle.object.naam, adres: controle.object.adres, type: controle.object.type }}
      naar={`/object/${controle.id}`}
    />
  )
}
