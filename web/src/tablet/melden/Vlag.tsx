// The Pandbrigade's flag in under a minute: counts and a ratio, never who lives there (REG-09).

import { useState } from 'react'
import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Bericht, Knop, Kolom, Opent, Velden } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Invoerveld, Keuzetegels } from '../../onderdelen/Velden'
import { datumVan } from '../tijden'
import { Klaar } from './Klaar'
import { geldendeNorm, getal, verhouding } from './overbewoning'
import { Plekkeuze } from './Plekkeuze'
import { adresVan, LEGE_PLEK, type Plek, plekGebrek } from './plek'
import { Tekstvak, textFaults } from './Tekstvak'
import { useFormulier } from './useFormulier'
import { Vlagfotos } from './Vlagfotos'

const SOORTEN = [
  { code: 'overbewoning', tekst: 'Overbewoning' },
  { code: 'illegale-bewoning', tekst: 'Wonen waar dat niet mag' },
  { code: 'malafide-kamerverhuur', tekst: 'Malafide kamerverhuur' },
  { code: 'woonoverlast', tekst: 'Woonoverlast' },
]
const NORM = '/normen?sleutel=OVERBEWONING_WONING_M2'

interface Inhoud {
  /** Of the flag that is being filled in, so that a photo can name it; empty until the first photo or the record. */
  id: string
  soort: string
  plek: Plek
  m2: string
  bedden: string
  personen: string
  toelichting: string
}

const LEEG: Inhoud = {
  id: '',
  soort: 'overbewoning',
  plek: LEGE_PLEK,
  m2: '',
  bedden: '',
  personen: '',
  toelichting: '',
}

export function Vlag() {
  const { sessie } = kern.useSlot()
  const normen = kern.useNaslag<{ resultaten: Vorm<'NormRead'>[] }>(NORM).inhoud
  const formulier = useFormulier('vlag', LEEG)
  const [klaar, setKlaar] = useState<string | null>(null)
  const [gevraagd, setGevraagd] = useState(false)
  const { inhoud, zet } = formulier
  const gemeente = sessie?.gemeentecode ?? ''
  const norm = geldendeNorm(normen?.resultaten ?? [], gemeente, datumVan(new Date(kern.now())))
  const ruimte = verhouding(getal(inhoud.m2), getal(inhoud.personen), norm)
  const gebreken = vlagGebreken(inhoud)

  async function verstuur() {
    setGevraagd(true)
    if (gebreken.length > 0) return
    const gelukt = await formulier.leg({
      ...(inhoud.id ? { gebeurtenisId: inhoud.id } : {}),
      controleId: null,
      soort: 'vlag',
      inhoud: {
        gemeentecode: gemeente,
        soort: inhoud.soort,
        adres: adresVan(inhoud.plek),
        m2: getal(inhoud.m2) ?? 0,
        bedden: getal(inhoud.bedden) ?? 0,
        personen: getal(inhoud.personen) ?? 0,
        ...(inhoud.toelichting.trim() ? { toelichting: inhoud.toelichting.trim() } : {}),
      },
    })
    if (gelukt) setKlaar(ruimte ?? 'Vastgelegd')
  }

  if (klaar !== null) {
    return (
      <Pagina titel="Vastgelegd">
        <Klaar titel={klaar}>
          <Knop
            onClick={() => {
              setKlaar(null)
              setGevraagd(false)
            }}
          >
            Nog een adres
          </Knop>
        </Klaar>
      </Pagina>
    )
  }
  return (
    <Pagina titel="Woongebruik" terug={{ naar: '/', tekst: 'Vandaag' }}>
      {formulier.gelezen && (
        <Kolom>
          <Plekkeuze plek={inhoud.plek} volledig puntMag={false} zoekt onPlek={(plek) => zet({ plek })} />
          <Velden>
            <Invoerveld
              vraag="Oppervlakte in m²"
              kort
              toetsen="decimal"
              maximaal={7}
              waarde={inhoud.m2}
              onTyp={(m2) => zet({ m2 })}
            />
            <Invoerveld
              vraag="Aantal bedden"
              kort
              toetsen="numeric"
              maximaal={4}
              waarde={inhoud.bedden}
              onTyp={(bedden) => zet({ bedden })}
            />
            <Invoerveld
              vraag="Aantal personen"
              kort
              toetsen="numeric"
              maximaal={4}
              waarde={inhoud.personen}
              onTyp={(personen) => zet({ personen })}
            />
          </Velden>
          <p className="vw-groot" role="status">
            {ruimte}
          </p>
          <Keuzetegels vraag="Wat is het?" keuzes={SOORTEN} waarde={inhoud.soort} onKies={(soort) => zet({ soort })} />
          <Opent titel="Toelichting (hoeft niet)">
            <Tekstvak
              vraag="Wat zag u?"
              uitleg="Alleen de ruimte. Geen namen, nummers of afkomst."
              maximaal={2000}
              waarde={inhoud.toelichting}
              onTyp={(toelichting) => zet({ toelichting })}
            />
          </Opent>
          {inhoud.id ? (
            <Vlagfotos vlagId={inhoud.id} />
          ) : (
            <Knop onClick={() => zet({ id: kern.newId() })}>Foto erbij (hoeft niet)</Knop>
          )}
          {gevraagd && gebreken.length > 0 && (
            <Bericht titel="Vul dit nog in">
              <ul>
                {gebreken.map((gebrek) => (
                  <li key={gebrek}>{gebrek}</li>
                ))}
              </ul>
            </Bericht>
          )}
          {formulier.fout && <Bericht titel={formulier.fout} />}
          <Alinea klein>Alleen aantallen. Nooit wie er woont.</Alinea>
          <Knop soort="primary" breed disabled={formulier.bezig} onClick={() => void verstuur()}>
            Leg vast
          </Knop>
        </Kolom>
      )}
    </Pagina>
  )
}

/** What is missing, in words. */
export function vlagGebreken(inhoud: Inhoud): string[] {
  const m2 = getal(inhoud.m2)
  const heel = (tekst: string) => /^\d{1,4}$/.test(tekst.trim())
  return [
    plekGebrek(inhoud.plek),
    m2 === null || m2 <= 0 ? 'Vul de oppervlakte in, in m².' : null,
    heel(inhoud.bedden) ? null : 'Vul het aantal bedden in. Nul mag.',
    heel(inhoud.personen) ? null : 'Vul het aantal personen in. Nul mag.',
    textFaults(inhoud.toelichting).length > 0 ? 'Haal uit de toelichting weg wat er niet in mag.' : null,
  ].filter((gebrek): gebrek is string => gebrek !== null)
}
