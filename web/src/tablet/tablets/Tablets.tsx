// For the team leader: what still stands on each tablet, stale ones first, and the order to wipe a lost one. Counts and times, no content.

import { useCallback, useEffect, useState } from 'react'
import { dienst, type Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Bericht, Feiten, Kader, Knop, Kolom, Rij } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { functieVan } from '../dag/collegas'
import { useNu } from '../dag/useNu'
import { opVolgorde, sinds } from './volgorde'

type Tablet = Vorm<'ApparaatRead'>
interface Bladzijde {
  data?: { resultaten: Tablet[]; volgende: string | null }
  error?: { detail?: string }
}

export function Tablets() {
  const nu = useNu()
  const { sessie } = kern.useSlot()
  const { pakket } = kern.useWerkpakket()
  const [tablets, setTablets] = useState<Tablet[] | null>(null)
  const [melding, setMelding] = useState<string | null>(null)

  const haal = useCallback(async () => {
    try {
      const alle: Tablet[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const antwoord: Bladzijde = await dienst.GET('/apparaten', { params: { query: cursor ? { cursor } : {} } })
        if (antwoord.data === undefined) {
          setMelding(antwoord.error?.detail ?? 'De lijst ophalen lukte niet.')
          return
        }
        alle.push(...antwoord.data.resultaten)
        cursor = antwoord.data.volgende
      }
      setTablets(alle)
      setMelding(null)
    } catch {
      setMelding('Er is nu geen netwerk. Deze lijst is er alleen met netwerk.')
    }
  }, [])

  useEffect(() => {
    void haal()
  }, [haal])

  return (
    <Pagina titel="Tablets" terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        {melding && <Bericht titel={melding} />}
        <Knop onClick={() => void haal()}>Ververs</Knop>
        {tablets?.length === 0 && <Alinea>Er is nog geen tablet bekend.</Alinea>}
        {metNaam(opVolgorde(tablets ?? []), ({ accountId }) => functieVan(pakket, sessie, accountId)).map(
          ([tablet, wie]) => (
            <Tabletkader key={tablet.id} tablet={tablet} wie={wie} nu={nu} onKlaar={haal} />
          ),
        )}
      </Kolom>
    </Pagina>
  )
}

/** Each tablet with the function of its user; who has more than one gets them numbered, so that no two are called the same. */
function metNaam(tablets: Tablet[], functie: (tablet: Tablet) => string): [Tablet, string][] {
  const gezien = new Map<string, number>()
  return tablets.map((tablet) => {
    const naam = functie(tablet)
    const keer = (gezien.get(naam) ?? 0) + 1
    gezien.set(naam, keer)
    return [tablet, keer === 1 ? naam : `${naam}, tablet ${keer}`]
  })
}

function Tabletkader(props: { tablet: Tablet; wie: string; nu: Date; onKlaar: () => Promise<void> }) {
  const { tablet, wie, nu, onKlaar } = props
  const [zeker, setZeker] = useState(false)
  const [fout, setFout] = useState<string | null>(null)

  async function wis() {
    try {
      const { error } = await dienst.POST('/apparaten/{apparaat_id}/_wissen', {
        params: { path: { apparaat_id: tablet.id }, header: { 'If-Match': `"${tablet.versie}"` } },
      })
      if (error) setFout(error.detail ?? 'De opdracht is niet gegeven.')
      else await onKlaar()
    } catch {
      setFout('Er is nu geen netwerk. De opdracht is niet gegeven.')
    } finally {
      setZeker(false)
    }
  }

  return (
    <Kader titel={wie}>
      {tablet.aandacht.map((reden) => (
        <Alinea key={reden}>
          <strong>{reden}</strong>
        </Alinea>
      ))}
      <Feiten
        regels={[
          ['Laatst gezien', sinds(tablet.gezienOp, nu)],
          ['Nog te versturen', tablet.oudsteOp ? `${tablet.wachtrij}, oudste ${sinds(tablet.oudsteOp, nu)}` : 'Niets'],
          ['Foto’s', tablet.oudsteFotoOp ? `${tablet.fotos}, oudste ${sinds(tablet.oudsteFotoOp, nu)}` : 'Geen'],
          ['Vraagt aandacht op de tablet', tablet.geweigerd || null],
          ['App', tablet.appversie],
          [
            'Lijsten',
            Object.entries(tablet.lijstversies)
              .map(([code, versie]) => `${code} ${versie}`)
              .join(', '),
          ],
        ]}
      />
      {fout && <Bericht titel={fout} />}
      {tablet.gewistOp && <Alinea>Gewist, {sinds(tablet.gewistOp, nu)}.</Alinea>}
      {!tablet.gewistOp && tablet.wissenGevraagdOp && <Alinea>Wordt gewist zodra de tablet netwerk heeft.</Alinea>}
      {!tablet.gewistOp && !tablet.wissenGevraagdOp && !zeker && (
        <Rij>
          <Knop onClick={() => setZeker(true)}>Tablet kwijt: wissen</Knop>
        </Rij>
      )}
      {zeker && (
        <Bericht titel="Weet u het zeker?">
          <Alinea>De tablet verstuurt eerst wat nog kan. Daarna gaat alles weg. Dit kan niet terug.</Alinea>
          <Rij>
            <Knop soort="primary" onClick={() => void wis()}>
              Ja, wis deze tablet
            </Knop>
            <Knop onClick={() => setZeker(false)}>Nee</Knop>
          </Rij>
        </Bericht>
      )}
    </Kader>
  )
}
