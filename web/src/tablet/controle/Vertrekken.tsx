// Before the tap 'wij zijn vertrokken': what the core still misses, each one reachable. Still neutral: somebody may read along (PLN-19).

import { useState } from 'react'
import { Pagina } from '../../onderdelen/Pagina'
import { plekVan } from '../dag/stand'
import type { Gegevens } from './gegevens'
import { missing, missingLabour } from './indeling'
import { type Item, NIET_VASTGESTELD, neutral } from './items'
import type { Tikken } from './tikken'

interface Props {
  gegevens: Gegevens
  tikken: Tikken
  onVraag: (item: Item) => void
  onTerug: () => void
}

export function Vertrekken({ gegevens, tikken, onVraag, onTerug }: Props) {
  const { lijsten, stand, beoordeling, toegang, objecttype } = gegevens
  const gestopt = stand.sfeerovergangOp !== null
  const mist = gestopt ? [] : missing(lijsten, stand, beoordeling, toegang)
  const verplicht = missingLabour(lijsten, objecttype, stand.pakket?.integraal ?? false, beoordeling, mist)
  const bekend = stand.pakket?.object.bedrijfsplanVersie ?? ''
  const [versie, setVersie] = useState(bekend)

  function leave() {
    const inhoud = objecttype === 'SEKS' && versie.trim() ? { bedrijfsplanVersie: versie.trim() } : {}
    void tikken.record('controle-afgerond', inhoud)
  }

  return (
    <Pagina titel="Naar buiten">
      {mist.length > 1 && (
        <button type="button" className="ams-button ams-button--tertiary vw-knop" onClick={onTerug}>
          ‹ Naar de lijst
        </button>
      )}
      <p>
        <strong>{plekVan(stand).naam}</strong>
      </p>
      {mist.length === 0 ? (
        <p>{gestopt ? 'De lijst is gesloten.' : 'De belangrijkste vragen zijn beantwoord.'}</p>
      ) : (
        <Ontbrekend mist={mist} verplicht={verplicht} tikken={tikken} onVraag={onVraag} />
      )}
      {objecttype === 'SEKS' && (
        <label className="vw-regelveld">
          Welke versie van het bedrijfsplan heeft u gecontroleerd?
          <input
            value={versie}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setVersie(target.value)}
          />
        </label>
      )}
      <p>
        Tik pas als u met alle collega’s buiten bent. {!gestopt && 'Met deze tik ondertekent u de lijst. '}
        Daarna kunt u hier niets meer veranderen.
      </p>
      <div className="vw-knoppen">
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onTerug}>
          {gestopt ? 'Terug' : 'Terug naar de lijst'}
        </button>
        <button
          type="button"
          className="ams-button ams-button--primary vw-knop"
          onClick={leave}
          disabled={verplicht.length > 0}
        >
          Wij zijn vertrokken
        </button>
      </div>
    </Pagina>
  )
}

interface OntbrekendProps {
  mist: readonly Item[]
  verplicht: readonly Item[]
  tikken: Tikken
  onVraag: (item: Item) => void
}

function Ontbrekend({ mist, verplicht, tikken, onVraag }: OntbrekendProps) {
  return (
    <section aria-labelledby="kop-open">
      <h2 id="kop-open" className="vw-onderdeel__kop">
        Nog niet beantwoord
      </h2>
      {verplicht.length > 0 && (
        <p>Bij een integrale controle horen de vragen over arbeid erbij. Antwoord, of kies ‘niet vastgesteld’.</p>
      )}
      <ul className="vw-nogopen">
        {mist.map((item) => (
          <li key={item.code} className="vw-nogopen__vraag">
            <span>
              {neutral(item.vraag)}
              {verplicht.includes(item) && <strong> (nodig)</strong>}
            </span>
            <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => onVraag(item)}>
              Beantwoorden<span className="ams-visually-hidden">: {neutral(item.vraag)}</span>
            </button>
            <button
              type="button"
              className="ams-button ams-button--secondary vw-knop"
              onClick={() => tikken.answer(item, NIET_VASTGESTELD)}
            >
              Niet vastgesteld<span className="ams-visually-hidden">: {neutral(item.vraag)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
