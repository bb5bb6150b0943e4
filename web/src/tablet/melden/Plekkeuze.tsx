// Asks for a place: postcode and number first, the rest is looked up when there is network and typed when not.

import { useEffect, useState } from 'react'
import { dienst, type Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Knop, Kolom, Rij } from '../../onderdelen/Kader'
import { Invoerveld } from '../../onderdelen/Velden'
import { askPosition } from '../positie'
import { deur, plaats } from '../woorden'
import { heeftNummer, nummerVan, type Plek, postcodeVan } from './plek'

type Vondst = Vorm<'AdresVondstRead'>

interface Eigenschappen {
  plek: Plek
  /** Street and town are asked for too. */
  volledig: boolean
  /** A point will do where nothing has an address. */
  puntMag: boolean
  /** Who may search the stock. */
  zoekt: boolean
  onPlek: (plek: Plek) => void
}

const STIL_MS = 350

export function Plekkeuze({ plek, volledig, puntMag, zoekt, onPlek }: Eigenschappen) {
  const { online } = kern.useZendbericht()
  const [peilt, setPeilt] = useState(false)
  const [melding, setMelding] = useState<string | null>(null)
  const vondsten = useAdressen(plek, online && zoekt && volledig)
  const zet = (deel: Partial<Plek>) => onPlek({ ...plek, ...deel })
  const zetNummer = (deel: Partial<Plek>) => zet({ ...deel, bagId: null, soort: 'adres' })

  // Only one address fits: it is filled in, and stays open to change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    const [enige] = vondsten
    if (vondsten.length === 1 && enige && plek.bagId !== enige.bagId) neem(enige)
  }, [vondsten])

  function neem(vondst: Vondst) {
    zet({
      straat: vondst.straat,
      woonplaats: vondst.woonplaats,
      huisletter: vondst.huisletter,
      toevoeging: vondst.toevoeging,
      bagId: vondst.bagId,
      soort: 'adres',
    })
  }

  async function hier() {
    setPeilt(true)
    setMelding(null)
    const positie = await askPosition()
    setPeilt(false)
    if (positie === null) setMelding('De tablet weet niet waar u bent. Vul een adres in.')
    else zet({ soort: 'punt', punt: [positie.lengte, positie.breedte] })
  }

  if (plek.soort === 'punt') {
    return (
      <Kolom dicht>
        <Alinea>
          <strong>De plek waar u nu staat</strong>
        </Alinea>
        <Invoerveld
          vraag="Wat is het voor plek?"
          uitleg="Bijvoorbeeld: loods achter de sporthal."
          waarde={plek.omschrijving}
          maximaal={120}
          onTyp={(omschrijving) => zet({ omschrijving })}
        />
        <Knop onClick={() => zet({ soort: 'adres', punt: null })}>Toch een adres</Knop>
      </Kolom>
    )
  }
  return (
    <Kolom dicht>
      <Rij>
        <Invoerveld
          vraag="Postcode"
          kort
          waarde={plek.postcode}
          maximaal={7}
          onTyp={(postcode) => zetNummer({ postcode })}
        />
        <Invoerveld
          vraag="Huisnummer"
          kort
          waarde={plek.huisnummer}
          maximaal={5}
          toetsen="numeric"
          onTyp={(huisnummer) => zetNummer({ huisnummer })}
        />
        <Invoerveld
          vraag="Letter"
          kort
          waarde={plek.huisletter}
          maximaal={1}
          onTyp={(huisletter) => zetNummer({ huisletter })}
        />
        <Invoerveld
          vraag="Toevoeging"
          kort
          waarde={plek.toevoeging}
          maximaal={4}
          onTyp={(toevoeging) => zetNummer({ toevoeging })}
        />
      </Rij>
      {vondsten.length > 1 && (
        <fieldset className="vw-veld vw-tegels">
          <legend>Welk adres is het?</legend>
          {vondsten.slice(0, 12).map((vondst) => (
            <Knop key={`${deur(vondst)} ${vondst.bagId}`} onClick={() => neem(vondst)}>
              {deur(vondst)}
            </Knop>
          ))}
        </fieldset>
      )}
      {volledig && (
        <Rij>
          <Invoerveld vraag="Straat" waarde={plek.straat} onTyp={(straat) => zet({ straat })} />
          <Invoerveld vraag="Woonplaats" waarde={plek.woonplaats} onTyp={(woonplaats) => zet({ woonplaats })} />
        </Rij>
      )}
      {volledig && plek.bagId !== null && plek.straat !== '' && (
        <Alinea klein>
          Gevonden: {deur({ ...plek, huisnummer: nummerVan(plek) ?? 0 })},{' '}
          {plaats({ ...plek, postcode: postcodeVan(plek) })}
        </Alinea>
      )}
      {puntMag && (
        <Rij>
          <Knop onClick={() => void hier()} disabled={peilt}>
            {peilt ? 'Even zoeken' : 'Hier, zonder adres'}
          </Knop>
          <Alinea klein>Dan gaat de plek van deze tablet eenmalig mee.</Alinea>
        </Rij>
      )}
      {melding && <Alinea>{melding}</Alinea>}
    </Kolom>
  )
}

/** Addresses with this postcode and number: own ones and those of the country. */
function useAdressen(plek: Plek, aan: boolean): Vondst[] {
  const [vondsten, setVondsten] = useState<Vondst[]>([])
  const postcode = postcodeVan(plek)
  const huisnummer = nummerVan(plek)
  const compleet = heeftNummer(plek)
  useEffect(() => {
    setVondsten([])
    if (!aan || !compleet || huisnummer === null) return
    const stop = new AbortController()
    const wacht = setTimeout(async () => {
      try {
        const { data } = await dienst.POST('/adressen/_zoek', {
          body: { postcode, huisnummer, huisletter: '', toevoeging: '', ookLandelijk: true },
          signal: stop.signal,
        })
        if (data) setVondsten(data.resultaten)
      } catch {
        // Without an answer the fields are typed by hand; nothing was promised.
        setVondsten([])
      }
    }, STIL_MS)
    return () => {
      clearTimeout(wacht)
      stop.abort()
    }
  }, [postcode, huisnummer, compleet, aan])
  return vondsten
}
