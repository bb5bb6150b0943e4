// Asks for a place: postcode and number first, the rest is looked up when there is network and typed when not.

import { useCallback, useEffect, useState } from 'react'
import { dienst, type Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Knop, Kolom, Rij, Velden } from '../../onderdelen/Kader'
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
  const { vondsten, geen, zoekLandelijk } = useAdressen(plek, online && zoekt && volledig)
  const zet = (deel: Partial<Plek>) => onPlek({ ...plek, ...deel })
  const zetNummer = (deel: Partial<Plek>) => zet({ ...deel, bagId: null, gemeentecode: null, soort: 'adres' })

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
      gemeentecode: vondst.gemeentecode,
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
      <Velden>
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
      </Velden>
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
      {geen && (
        <Rij>
          <Alinea klein>De gemeente kent dit adres niet. Vul straat en woonplaats in.</Alinea>
          <Knop onClick={() => void zoekLandelijk()}>Zoek in heel Nederland</Knop>
        </Rij>
      )}
      {volledig && (
        <Velden>
          <Invoerveld vraag="Straat" waarde={plek.straat} onTyp={(straat) => zet({ straat })} />
          <Invoerveld vraag="Woonplaats" waarde={plek.woonplaats} onTyp={(woonplaats) => zet({ woonplaats })} />
        </Velden>
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
          <Alinea klein>Dan gaat één keer mee waar deze tablet is.</Alinea>
        </Rij>
      )}
      {melding && <Alinea>{melding}</Alinea>}
    </Kolom>
  )
}

/** Own addresses with this postcode and number; those of the country only when somebody asks for it, since that tells a source outside. */
function useAdressen(plek: Plek, aan: boolean) {
  const [vondsten, setVondsten] = useState<Vondst[]>([])
  const [gezocht, setGezocht] = useState<'niets' | 'eigen' | 'land'>('niets')
  const postcode = postcodeVan(plek)
  const huisnummer = nummerVan(plek)
  const compleet = heeftNummer(plek)

  const zoek = useCallback(
    async (ookLandelijk: boolean, signal?: AbortSignal) => {
      if (huisnummer === null) return
      try {
        const { data } = await dienst.POST('/adressen/_zoek', {
          body: { postcode, huisnummer, huisletter: '', toevoeging: '', ookLandelijk },
          ...(signal ? { signal } : {}),
        })
        if (signal?.aborted) return
        setVondsten(data?.resultaten ?? [])
        setGezocht(ookLandelijk ? 'land' : 'eigen')
      } catch {
        // Without an answer street and town are typed by hand; nothing was promised.
        setVondsten([])
      }
    },
    [postcode, huisnummer],
  )

  useEffect(() => {
    setVondsten([])
    setGezocht('niets')
    if (!aan || !compleet) return
    const stop = new AbortController()
    const wacht = setTimeout(() => void zoek(false, stop.signal), STIL_MS)
    return () => {
      clearTimeout(wacht)
      stop.abort()
    }
  }, [compleet, aan, zoek])

  return { vondsten, geen: gezocht === 'eigen' && vondsten.length === 0, zoekLandelijk: () => zoek(true) }
}
