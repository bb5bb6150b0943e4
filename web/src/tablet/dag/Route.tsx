// Another order on the spot: the service calculates it when there is network, by hand when not (docs/weekroutes-en-dagroutes.md).

import { Heading } from '@amsterdam/design-system-react'
import { useState } from 'react'
import { dienst, type Vorm } from '../../api/client'
import { kern } from '../../kern'
import type { Controlestand } from '../../kern/contract'
import { Alinea, Bericht, Kader, Knop, Kolom, Rij } from '../../onderdelen/Kader'
import { Vinktegels } from '../../onderdelen/Velden'
import { askPosition } from '../positie'
import { klokVanMinuut, minuutVan } from '../tijden'
import { plekVan } from './stand'

type Voorstel = Vorm<'DagvoorstelRead'>

interface Eigenschappen {
  datum: string
  standen: Controlestand[]
  ververs: () => Promise<void>
  onTerug: () => Promise<void>
}

export function Route({ datum, standen, ververs, onTerug }: Eigenschappen) {
  const { online } = kern.useZendbericht()
  const [overslaan, setOverslaan] = useState<string[]>([])
  const [voorstel, setVoorstel] = useState<{ route: Voorstel; etag: string } | null>(null)
  const [melding, setMelding] = useState<string | null>(null)
  const [bezig, setBezig] = useState(false)

  async function vraag(opties: { hier: boolean; toevoegen: number }) {
    setBezig(true)
    setMelding(null)
    try {
      const punt = opties.hier ? await askPosition() : null
      if (opties.hier && punt === null) {
        setMelding('De tablet weet niet waar u bent. De route begint dan bij het begin van de dienst.')
      }
      const { data, error, response } = await dienst.POST('/dagroutes/_herordenen', {
        body: {
          datum,
          nu: minuutVan(new Date()),
          overslaan,
          toevoegen: opties.toevoegen,
          ...(punt ? { hier: { type: 'Point', coordinates: [punt.lengte, punt.breedte] } } : {}),
        },
      })
      if (data) setVoorstel({ route: data, etag: response.headers.get('ETag') ?? '' })
      else setMelding(error?.detail ?? 'De route berekenen lukte niet.')
    } catch {
      setMelding('Er is nu geen netwerk. Zet de volgorde met de hand.')
    } finally {
      setBezig(false)
    }
  }

  async function neemOver() {
    if (voorstel === null) return
    setBezig(true)
    try {
      const stops = voorstel.route.stops
        .filter((stop) => stop.aanvang !== null && stop.status !== 'bezig' && stop.status !== 'afgerond')
        .map((stop) => ({
          controleId: stop.controleId,
          objectId: stop.controleId === null ? stop.objectId : null,
          aanvang: stop.aanvang ?? 0,
        }))
      const { error } = await dienst.POST('/dagroutes/_overnemen', {
        params: { header: { 'If-Match': voorstel.etag } },
        body: { datum, stops },
      })
      if (error) {
        setMelding(error.detail ?? 'De nieuwe volgorde overnemen lukte niet.')
        return
      }
      setVoorstel(null)
      await onTerug()
      await ververs()
      setMelding('De nieuwe volgorde staat klaar.')
    } catch {
      setMelding('Er is nu geen netwerk. De volgorde is niet veranderd.')
    } finally {
      setBezig(false)
    }
  }

  return (
    <Kader>
      <Kolom>
        {!online && <Alinea>Geen netwerk. Zet de volgorde met de knoppen hieronder.</Alinea>}
        {online && (
          <>
            <Vinktegels
              vraag="Vandaag overslaan"
              waarden={overslaan}
              keuzes={standen.map((stand) => ({ code: stand.controleId, tekst: plekVan(stand).naam }))}
              onKies={setOverslaan}
            />
            <Rij>
              <Knop disabled={bezig} onClick={() => void vraag({ hier: true, toevoegen: 0 })}>
                Begin waar ik ben
              </Knop>
              <Knop disabled={bezig} onClick={() => void vraag({ hier: false, toevoegen: 0 })}>
                Nieuwe volgorde
              </Knop>
              <Knop disabled={bezig} onClick={() => void vraag({ hier: true, toevoegen: 1 })}>
                Adres in de buurt erbij
              </Knop>
            </Rij>
            <Alinea klein>Waar u bent, gaat één keer mee om de route te berekenen. Wij bewaren het niet.</Alinea>
          </>
        )}
        {melding && <Bericht titel={melding} />}
        {voorstel && <Voorgesteld route={voorstel.route} />}
        {voorstel && (
          <Rij>
            <Knop soort="primary" disabled={bezig} onClick={() => void neemOver()}>
              Zo doen
            </Knop>
            <Knop onClick={() => setVoorstel(null)}>Niet doen</Knop>
          </Rij>
        )}
      </Kolom>
    </Kader>
  )
}

function Voorgesteld({ route }: { route: Voorstel }) {
  return (
    <section>
      <Heading level={3}>Voorstel</Heading>
      <ol>
        {route.stops.map((stop) => (
          <li key={stop.controleId ?? stop.objectId}>
            {stop.aanvang === null ? '' : `${klokVanMinuut(stop.aanvang)} `}
            {stop.naam}
            {stop.controleId === null && stop.reden ? ` (nieuw: ${stop.reden})` : ''}
            {stop.waarschuwing ? `. ${stop.waarschuwing}` : ''}
          </li>
        ))}
      </ol>
      {route.pastNiet.length > 0 && (
        <>
          <Alinea>Past niet meer:</Alinea>
          <ul>
            {route.pastNiet.map((stop) => (
              <li key={stop.controleId}>
                {stop.naam}: {stop.reden}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
