// The form of the desk: what somebody did, never who it was (ROL-09). The service makes one record for the AF and puts the address in
// investigation (REG-10, RTE-19).

import { useState } from 'react'
import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Bericht, Knop, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Keuzetegels, Vinktegels } from '../../onderdelen/Velden'
import { Klaar } from './Klaar'
import { waar } from './NietPluis'
import { Plekkeuze } from './Plekkeuze'
import { LEGE_PLEK, type Plek } from './plek'
import { Tekstvak, textFaults } from './Tekstvak'
import { useFormulier } from './useFormulier'

type Formulier = Vorm<'SignaalformulierRead'>

const JA_NEE_ONBEKEND = [
  { code: 'ja', tekst: 'Ja' },
  { code: 'nee', tekst: 'Nee' },
  { code: 'onbekend', tekst: 'Weet ik niet' },
]

interface Inhoud {
  waarnemingen: string[]
  plek: Plek
  mogelijkMinderjarig: string
  tekst: string
}

const LEEG: Inhoud = { waarnemingen: [], plek: LEGE_PLEK, mogelijkMinderjarig: 'onbekend', tekst: '' }

export function Balie() {
  const { sessie } = kern.useSlot()
  const formulieren = kern.useNaslag<Formulier[]>('/signaalformulieren').inhoud
  const formulier = useFormulier('balie', LEEG)
  const [klaar, setKlaar] = useState(false)
  const [melding, setMelding] = useState<string | null>(null)
  const { inhoud, zet } = formulier
  const vragen = formulieren?.find((een) => een.bron === 'balie')?.vragen ?? []
  const waarnemingen = vragen.find((vraag) => vraag.veld === 'waarnemingen')

  async function verstuur() {
    if (inhoud.waarnemingen.length === 0 && inhoud.tekst.trim() === '') {
      setMelding('Kies wat u opviel, of schrijf het op.')
      return
    }
    if (textFaults(inhoud.tekst).length > 0) {
      setMelding('Haal uit de tekst weg wat er niet in mag.')
      return
    }
    const plek = waar(null, inhoud.plek) ?? { gemeentecode: sessie?.gemeentecode }
    const gelukt = await formulier.leg({
      controleId: null,
      soort: 'signaal',
      inhoud: {
        ...plek,
        bron: 'balie',
        nietPluis: true,
        waarnemingen: inhoud.waarnemingen,
        mogelijkMinderjarig: inhoud.mogelijkMinderjarig,
        tijdstip: kern.now(),
        ...(inhoud.tekst.trim() ? { tekst: inhoud.tekst.trim() } : {}),
      },
    })
    setKlaar(gelukt)
  }

  if (klaar) {
    return (
      <Pagina titel="Melding van de balie">
        <Klaar titel="De melding gaat naar de aandachtsfunctionaris">
          <Alinea>Stuur nog geen brief en doe nog niets met het adres. U hoort wat er mag.</Alinea>
        </Klaar>
      </Pagina>
    )
  }
  return (
    <Pagina titel="Melding van de balie" terug={{ naar: '/', tekst: 'Vandaag' }}>
      {formulier.gelezen && (
        <Kolom>
          <Alinea>Schrijf op wat u zag gebeuren, niet wie het was. Er gaat nog niets naar het adres.</Alinea>
          {waarnemingen && (
            <Vinktegels
              vraag={waarnemingen.vraag}
              {...(waarnemingen.uitleg ? { uitleg: waarnemingen.uitleg } : {})}
              waarden={inhoud.waarnemingen}
              keuzes={waarnemingen.keuzes}
              onKies={(codes) => zet({ waarnemingen: codes })}
            />
          )}
          <Keuzetegels
            vraag="Lijkt iemand jonger dan 18?"
            smal
            keuzes={JA_NEE_ONBEKEND}
            waarde={inhoud.mogelijkMinderjarig}
            onKies={(mogelijkMinderjarig) => zet({ mogelijkMinderjarig })}
          />
          <Alinea>
            <strong>Om welk adres gaat het?</strong> Weet u het niet, laat het dan leeg.
          </Alinea>
          <Plekkeuze
            plek={inhoud.plek}
            volledig={false}
            puntMag={false}
            zoekt={false}
            onPlek={(plek) => zet({ plek })}
          />
          <Tekstvak
            vraag="Wat gebeurde er? (hoeft niet)"
            uitleg="Alleen feiten. Geen namen, nummers, nationaliteit of taal."
            maximaal={2000}
            waarde={inhoud.tekst}
            onTyp={(tekst) => zet({ tekst })}
          />
          {melding && <Bericht titel={melding} />}
          {formulier.fout && <Bericht titel={formulier.fout} />}
          <Knop soort="primary" breed disabled={formulier.bezig} onClick={() => void verstuur()}>
            Verstuur
          </Knop>
        </Kolom>
      )}
    </Pagina>
  )
}
