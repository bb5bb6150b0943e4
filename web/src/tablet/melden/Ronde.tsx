// A light round through the window streets: street and times, never a control and never counted (CAD-16).

import { useState } from 'react'
import { kern } from '../../kern'
import { Alinea, Bericht, Knop, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Invoerveld } from '../../onderdelen/Velden'
import { useNu } from '../dag/useNu'
import { duur, klok } from '../tijden'
import { Klaar } from './Klaar'
import { useFormulier } from './useFormulier'

interface Inhoud {
  gebied: string
  van: string | null
  ramen: string
}

const LEEG: Inhoud = { gebied: '', van: null, ramen: '' }
const HUISNUMMER = /\d/

export function Ronde() {
  const nu = useNu()
  const formulier = useFormulier('ronde', LEEG)
  const eerder = kern.useConcept<string[]>('ronde straten')
  const [klaar, setKlaar] = useState(false)
  const [melding, setMelding] = useState<string | null>(null)
  const { inhoud, zet } = formulier
  const straten = eerder.waarde ?? []

  function begin() {
    const gebied = inhoud.gebied.trim()
    if (gebied === '') setMelding('Vul de straat in.')
    else if (HUISNUMMER.test(gebied)) setMelding('Vul alleen de straat in, zonder huisnummer.')
    else {
      setMelding(null)
      zet({ van: kern.now() })
    }
  }

  async function eind() {
    if (inhoud.van === null) return
    const ramen = inhoud.ramen.trim()
    if (ramen !== '' && !/^\d{1,3}$/.test(ramen)) {
      setMelding('Vul bij ramen een getal in, of laat het leeg.')
      return
    }
    const gebied = inhoud.gebied.trim()
    const gelukt = await formulier.leg({
      controleId: null,
      soort: 'ronde',
      inhoud: {
        gebied,
        van: inhoud.van,
        tot: kern.now(),
        ...(ramen === '' ? {} : { ramenInGebruik: Number(ramen) }),
      },
    })
    if (!gelukt) return
    setKlaar(true)
    await eerder.bewaar([gebied, ...straten.filter((straat) => straat !== gebied)].slice(0, 6))
  }

  if (klaar) {
    return (
      <Pagina titel="Ronde">
        <Klaar titel="De ronde is vastgelegd" />
      </Pagina>
    )
  }
  return (
    <Pagina titel="Ronde" terug={{ naar: '/', tekst: 'Vandaag' }}>
      {formulier.gelezen && (
        <Kolom>
          <Alinea klein>Een ronde is geen controle en telt nergens voor mee.</Alinea>
          {inhoud.van === null ? (
            <>
              <Invoerveld vraag="Straat" waarde={inhoud.gebied} onTyp={(gebied) => zet({ gebied })} />
              {straten.length > 0 && (
                <div className="vw-tegels vw-tegels--smal">
                  {straten.map((straat) => (
                    <Knop key={straat} onClick={() => zet({ gebied: straat })}>
                      {straat}
                    </Knop>
                  ))}
                </div>
              )}
              <Knop soort="primary" breed onClick={begin}>
                Begin de ronde
              </Knop>
            </>
          ) : (
            <>
              <p className="vw-groot">
                {inhoud.gebied}, sinds {klok(inhoud.van)}
              </p>
              <Alinea>Bezig: {duur((nu.getTime() - Date.parse(inhoud.van)) / 60_000)}</Alinea>
              <Invoerveld
                vraag="Ramen in gebruik (hoeft niet)"
                kort
                toetsen="numeric"
                maximaal={3}
                waarde={inhoud.ramen}
                onTyp={(ramen) => zet({ ramen })}
              />
              <Knop soort="primary" breed disabled={formulier.bezig} onClick={() => void eind()}>
                Klaar met de ronde
              </Knop>
              <Knop onClick={() => void formulier.wis()}>Deze ronde gaat niet door</Knop>
            </>
          )}
          {melding && <Bericht titel={melding} />}
          {formulier.fout && <Bericht titel={formulier.fout} />}
        </Kolom>
      )}
    </Pagina>
  )
}
