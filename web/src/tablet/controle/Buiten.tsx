// Outside: what the rules gave, a choice where they only advise, an offer of help, and on to the next.

import { useMemo } from 'react'
import { Link } from 'wouter'
import { kern } from '../../kern'
import { Pagina } from '../../onderdelen/Pagina'
import { datumVan } from '../tijden'
import type { Gegevens } from './gegevens'
import { Hulpaanbod } from './Hulpaanbod'
import { NIET_PLUIS } from './items'
import { Keuze } from './Keuze'
import { NogTeDoen } from './NogTeDoen'
import type { Tikken } from './tikken'
import { hintsAtCoercion, outcome, type Uitkomst } from './uitkomst'

interface Props {
  gegevens: Gegevens
  tikken: Tikken
}

const WOORDEN: Record<Uitkomst['uitkomst'], [string, string]> = {
  acuut: [
    'Signaal: acuut',
    'Er is direct een signaal gemaakt. De aandachtsfunctionaris met dienst wordt gebeld. Bent u veilig?',
  ],
  spoed: ['Signaal met spoed', 'Er is direct een signaal gemaakt. De aandachtsfunctionaris kijkt er vandaag naar.'],
  regulier: ['Signaal', 'Er gaat een signaal naar de aandachtsfunctionaris. Daar hoeft u niets meer voor te doen.'],
  advies: ['Advies', 'De antwoorden geven een advies. U kiest zelf, met een reden.'],
  geen: ['Geen signaal', 'Uit de antwoorden volgt geen signaal.'],
}

export function Buiten({ gegevens, tikken }: Props) {
  const { lijsten, stand, beoordeling, streng, vrij } = gegevens
  const datum = stand.pakket?.datum ?? datumVan(new Date(stand.vertrokkenOp ?? kern.now()))
  const gevonden = useMemo(() => outcome(lijsten, stand, beoordeling, datum), [lijsten, stand, beoordeling, datum])
  const dwang = hintsAtCoercion(lijsten, beoordeling)
  const nietPluis = lijsten.items.find(({ code }) => code === NIET_PLUIS)
  return (
    <Pagina titel="Wij zijn vertrokken">
      <p>Alles staat op deze tablet. Verzenden gaat vanzelf zodra er netwerk is.</p>
      <NogTeDoen gegevens={gegevens} tikken={tikken} />
      {dwang && (
        <section className="vw-bericht" aria-labelledby="kop-dwang">
          <h2 id="kop-dwang">Geen straf voor wie gedwongen is</h2>
          <p>
            Iemand hier is een mogelijk slachtoffer. Geef die persoon geen boete. Vraag eerst de aandachtsfunctionaris.
          </p>
        </section>
      )}
      {gevonden === null ? (
        <p role="status">De uitkomst komt zodra er netwerk is. U kunt door naar het volgende adres.</p>
      ) : (
        <section aria-labelledby="kop-uitkomst" className="vw-bericht">
          <h2 id="kop-uitkomst">{WOORDEN[gevonden.uitkomst][0]}</h2>
          <p>{stand.keuze === 'signaal' ? WOORDEN.regulier[1] : WOORDEN[gevonden.uitkomst][1]}</p>
          {gevonden.hercontroleDagen !== null && (
            <p>Kom binnen {gevonden.hercontroleDagen} dagen terug, met een tolk.</p>
          )}
        </section>
      )}
      {gevonden?.uitkomst === 'advies' && (
        <Keuze gekozen={stand.keuze} streng={streng} vrij={vrij} record={tikken.record} />
      )}
      {gevonden?.uitkomst === 'geen' && nietPluis && (
        <>
          <p>Voelt het toch niet pluis? Dat is altijd genoeg.</p>
          <button
            type="button"
            className="ams-button ams-button--secondary vw-knop"
            onClick={() => tikken.answer(nietPluis, 'ja')}
          >
            Niet pluis: maak een signaal
          </button>
        </>
      )}
      <Hulpaanbod zendingen={stand.zendingen} record={tikken.record} />
      <Link href="/" className="ams-button ams-button--primary vw-knop">
        Klaar, naar vandaag
      </Link>
      {/* Last, since it goes when the service has spoken: nothing that is tapped may move under a thumb. */}
      {gevonden !== null && !gevonden.vanDienst && (
        <p>
          Dit is de voorlopige uitkomst van de tablet. Kantoor kijkt ook naar eerdere controles van deze plek. De
          uitkomst kan dus nog veranderen. U hoeft daar niet op te wachten.
        </p>
      )}
    </Pagina>
  )
}
