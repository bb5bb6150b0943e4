// What is known of a place and may be seen at its door: permits, plan, certificates, measures, what to check again. Nothing confidential.

import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import type { PakketControle } from '../../kern/contract'
import { Alinea, Feiten, Kader, KnopLink, Kolom, Rij } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { usePakketControle } from '../dag/pakket'
import { dag, klokVanMinuut, openOp } from '../tijden'
import { AANLEIDINGEN, deur, hoofdletter, MAATREGELEN, OBJECTTYPEN, plaats, VERGUNNINGEN } from '../woorden'
import { Herstelpunten } from './Herstelpunten'

const TERUG = { naar: '/', tekst: 'Vandaag' }

export function Objectmap({ id }: { id: string }) {
  const { controle } = usePakketControle(id)
  if (controle === null) {
    return (
      <Pagina titel="Over deze plek" terug={TERUG}>
        <Alinea>Over deze plek staat niets op deze tablet.</Alinea>
      </Pagina>
    )
  }
  const { object } = controle
  return (
    <Pagina titel={object.naam} venster="Over deze plek" terug={TERUG}>
      <Kolom>
        <Kader titel="De plek">
          <Feiten
            regels={[
              ['Adres', `${deur(object.adres)}, ${plaats(object.adres)}`],
              ['Soort', OBJECTTYPEN[object.type]],
              ['Nummer', object.nummer],
              [
                'Open op deze dag',
                object.type === 'WON' ? null : hoofdletter(openOp(object.openingstijden, controle.datum)),
              ],
              ['Plaatsen volgens de vergunning', object.capaciteit],
              ['Oppervlakte (BAG)', object.adres.oppervlakte === null ? null : `${object.adres.oppervlakte} m²`],
              ['Gebruik (BAG)', object.adres.gebruiksdoelen?.join(', ')],
            ]}
          />
        </Kader>
        <Bezoek controle={controle} />
        {object.type !== 'WON' && <Vergunningen object={object} datum={controle.datum} />}
        <Maatregelen object={object} />
        <Kader titel="Opnieuw bekijken">
          <Herstelpunten bevindingen={object.bevindingen} versies={controle.checklistversies} />
        </Kader>
        <Rij>
          <KnopLink naar="/kaart">Plattegrond</KnopLink>
          <KnopLink naar={`/kaarten/${object.type}`}>Naslag</KnopLink>
        </Rij>
      </Kolom>
    </Pagina>
  )
}

function Bezoek({ controle }: { controle: PakketControle }) {
  return (
    <Kader titel="Het bezoek">
      <Feiten
        regels={[
          ['Tijd', controle.aanvang === null ? 'Tijd volgt' : klokVanMinuut(controle.aanvang)],
          ['Aanleiding', AANLEIDINGEN[controle.aanleiding]],
          ['Aangekondigd', controle.aangekondigd ? 'Ja' : 'Nee'],
          ['Partners', controle.partners.map(hoofdletter).join(', ')],
          ['Machtiging', controle.machtiging ? 'Geldt vandaag voor dit adres' : null],
        ]}
      />
    </Kader>
  )
}

/** The words of a shared list for its codes; the code read as words as long as the list is not here. */
function useNamen(lijst: string): (code: string) => string {
  const { inhoud } = kern.useNaslag<Vorm<'LijstRead'>>(`/lijsten/${lijst}`)
  return (code) =>
    inhoud?.waarden.find((waarde) => waarde.code === code)?.naam ?? hoofdletter(code.replaceAll('-', ' '))
}

function Vergunningen({ object, datum }: { object: PakketControle['object']; datum: string }) {
  const certificaatnaam = useNamen('huisvestingscertificaten')
  return (
    <Kader titel="Vergunningen en papieren">
      {object.vergunningen.length === 0 && <Alinea>Op deze dag geldt geen vergunning.</Alinea>}
      <ul className="vw-lijst" hidden={object.vergunningen.length === 0}>
        {object.vergunningen.map((vergunning) => (
          <li key={vergunning.nummer}>
            <strong>{VERGUNNINGEN[vergunning.soort]}</strong>, nummer {vergunning.nummer}
            <br />
            {vergunning.geldigTot
              ? `Geldig van ${dag(vergunning.geldigVanaf)} tot ${dag(vergunning.geldigTot)}`
              : `Geldig vanaf ${dag(vergunning.geldigVanaf)}`}
          </li>
        ))}
      </ul>
      <Feiten regels={[['Bedrijfsplan', object.bedrijfsplanVersie && `Versie ${object.bedrijfsplanVersie}`]]} />
      <ul className="vw-lijst" hidden={object.certificaten.length === 0}>
        {object.certificaten.map((certificaat) => (
          <li key={certificaat.nummer}>
            <strong>{certificaatnaam(certificaat.soort)}</strong>, nummer {certificaat.nummer}
            <br />
            {certificaat.verlopen || certificaat.geldigTot < datum
              ? `Verlopen op ${dag(certificaat.geldigTot)}`
              : `Geldig tot ${dag(certificaat.geldigTot)}`}
          </li>
        ))}
      </ul>
    </Kader>
  )
}

function Maatregelen({ object }: { object: PakketControle['object'] }) {
  const grond = useNamen('maatregelgronden')
  const aandacht = useNamen('aandachtspunten')
  if (object.maatregelen.length === 0) return null
  return (
    <Kader titel="Eerdere maatregelen">
      <ul className="vw-lijst">
        {object.maatregelen.map((maatregel) => (
          <li key={`${maatregel.soort} ${maatregel.opgelegdOp} ${maatregel.grondslag}`}>
            <strong>{MAATREGELEN[maatregel.soort]}</strong>, {grond(maatregel.grondslag)}
            <br />
            Vanaf {dag(maatregel.geldtVan)}
            {maatregel.geldtTot ? ` tot ${dag(maatregel.geldtTot)}` : ''}
            {maatregel.begunstigingstermijnTot
              ? `. Moet hersteld zijn voor ${dag(maatregel.begunstigingstermijnTot)}`
              : ''}
            {maatregel.aandachtspunt && (
              <>
                <br />
                Let op: {aandacht(maatregel.aandachtspunt)}
              </>
            )}
          </li>
        ))}
      </ul>
    </Kader>
  )
}
