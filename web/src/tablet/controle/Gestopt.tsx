// The list is closed by the suspicion of an offence: call the police. Only what protects somebody can still be said (RPT-02).

import { useMemo } from 'react'
import { Pagina } from '../../onderdelen/Pagina'
import { klok } from '../tijden'
import type { Gegevens } from './gegevens'
import { protecting } from './indeling'
import type { Tikken } from './tikken'
import { type Omgeving, Vraag } from './Vraag'

interface Props {
  controleId: string
  gegevens: Gegevens
  tikken: Tikken
  onVertrek: () => void
}

export function Gestopt({ controleId, gegevens, tikken, onVertrek }: Props) {
  const { stand, lijsten, objecttype, beoordeling, streng, vrij } = gegevens
  const { answer } = tikken
  const omgeving = useMemo<Omgeving>(
    () => ({ controleId, rekenregel: lijsten.rekenregel, streng, vrij, answer }),
    [controleId, lijsten, streng, vrij, answer],
  )
  const vragen = protecting(lijsten, objecttype, beoordeling)
  return (
    <Pagina titel="Stop. Bel de politie.">
      <p>Ga naar buiten. Stel geen vragen meer en raak niets aan.</p>
      <div className="vw-knoppen">
        <a className="ams-button ams-button--primary vw-knop" href="tel:09008844">
          Bel politie 0900-8844
        </a>
        <a className="ams-button ams-button--secondary vw-knop" href="tel:112">
          Gevaar: bel 112
        </a>
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onVertrek}>
          Wij zijn buiten
        </button>
      </div>
      {stand.sfeerovergangOp && <p>De lijst is gesloten om {klok(stand.sfeerovergangOp)}. Meer bewaren wij niet.</p>}
      <section aria-labelledby="kop-nog" className="vw-onderdeel">
        <h2 id="kop-nog" className="vw-onderdeel__kop">
          Dit mag nog
        </h2>
        <p>Mensen hier kunnen een mogelijk slachtoffer zijn. Vraag niets. Kies alleen wat u zelf zag of hoorde.</p>
        {vragen.map((item) => (
          <Vraag
            key={item.code}
            item={item}
            waarde={stand.antwoorden[item.code]}
            omgeving={omgeving}
            vooringevuld={false}
            andereTablet={stand.vanAndereTablet.has(item.code)}
            verschilt={stand.verschilt.has(item.code)}
            elders={stand.beantwoordElders.has(item.code)}
            opmerking={null}
            reden={stand.filterredenen[item.code]}
          />
        ))}
      </section>
    </Pagina>
  )
}
