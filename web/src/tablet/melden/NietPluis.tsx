// A gut feeling about a place: only "yes" sends it, with or without words (RTE-24; the same meaning as ENT-21 and ENT-22).

import { useState } from 'react'
import { kern } from '../../kern'
import { Alinea, Bericht, Knop, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Keuzetegels } from '../../onderdelen/Velden'
import { plekVan } from '../dag/stand'
import { useHuidigeControle } from '../huidig'
import { Klaar } from './Klaar'
import { Plekkeuze } from './Plekkeuze'
import { heeftNummer, kortAdresVan, LEGE_PLEK, type Plek, puntVan } from './plek'
import { Tekstvak, textFaults } from './Tekstvak'
import { useFormulier } from './useFormulier'

const JA_NEE = [
  { code: 'ja', tekst: 'Ja' },
  { code: 'nee', tekst: 'Nee' },
]

interface Inhoud {
  waar: 'object' | 'elders' | null
  plek: Plek
  nietPluis: string | null
  tekst: string
  sinds: string
}

export function NietPluis() {
  const huidig = useHuidigeControle()
  const stand = kern.useControle(huidig ?? '')
  const object = stand?.pakket?.object ?? null
  const formulier = useFormulier<Inhoud>('niet pluis', {
    waar: null,
    plek: LEGE_PLEK,
    nietPluis: null,
    tekst: '',
    sinds: '',
  })
  const [klaar, setKlaar] = useState(false)
  const [melding, setMelding] = useState<string | null>(null)
  const { inhoud, zet } = formulier
  const bijObject = object !== null && inhoud.waar !== 'elders'

  async function verstuur() {
    if (inhoud.nietPluis !== 'ja') {
      setMelding(inhoud.nietPluis === null ? 'Kies ja of nee.' : 'Bij "nee" wordt er niets verstuurd.')
      return
    }
    const plek = waar(bijObject ? (object?.id ?? null) : null, inhoud.plek)
    if (plek === null) {
      setMelding('Vul postcode en huisnummer in, of tik op "Hier".')
      return
    }
    if (textFaults(inhoud.tekst).length > 0) {
      setMelding('Haal uit de tekst weg wat er niet in mag, of maak de tekst leeg. Uw gevoel is genoeg.')
      return
    }
    const gelukt = await formulier.leg({
      controleId: null,
      soort: 'signaal',
      inhoud: {
        ...plek,
        nietPluis: true,
        tijdstip: inhoud.sinds || kern.now(),
        ...(inhoud.tekst.trim() ? { tekst: inhoud.tekst.trim() } : {}),
      },
    })
    setKlaar(gelukt)
  }

  if (klaar) {
    return (
      <Pagina titel="Niet pluis">
        <Klaar titel="Uw gevoel gaat naar de aandachtsfunctionaris" />
      </Pagina>
    )
  }
  return (
    <Pagina titel="Niet pluis" terug={{ naar: '/', tekst: 'Vandaag' }}>
      {formulier.gelezen && (
        <Kolom>
          {object && stand && (
            <Keuzetegels
              vraag="Om welke plek gaat het?"
              waarde={bijObject ? 'object' : 'elders'}
              keuzes={[
                { code: 'object', tekst: plekVan(stand).naam },
                { code: 'elders', tekst: 'Een andere plek' },
              ]}
              onKies={(code) => zet({ waar: code === 'elders' ? 'elders' : 'object' })}
            />
          )}
          {!bijObject && (
            <Plekkeuze plek={inhoud.plek} volledig={false} puntMag zoekt={false} onPlek={(plek) => zet({ plek })} />
          )}
          <Keuzetegels
            vraag="Voelt dit voor u niet pluis?"
            uitleg="Uw gevoel is genoeg. U hoeft niets te bewijzen."
            smal
            keuzes={JA_NEE}
            waarde={inhoud.nietPluis}
            onKies={(nietPluis) => {
              setMelding(null)
              zet({ nietPluis, sinds: inhoud.sinds || kern.now() })
            }}
          />
          {inhoud.nietPluis === 'ja' && (
            <Tekstvak
              vraag="Wat zag of hoorde u? (hoeft niet)"
              uitleg="Alleen feiten. Geen namen, nummers, afkomst of taal."
              maximaal={2000}
              waarde={inhoud.tekst}
              onTyp={(tekst) => zet({ tekst })}
            />
          )}
          {melding && <Bericht titel={melding} />}
          {formulier.fout && <Bericht titel={formulier.fout} />}
          <Alinea klein>Bij gevaar: loop eerst naar een veilige plek en bel 112.</Alinea>
          <Knop soort="primary" breed disabled={formulier.bezig} onClick={() => void verstuur()}>
            Verstuur
          </Knop>
        </Kolom>
      )}
    </Pagina>
  )
}

/** The place as the protocol takes it; null when there is none yet. */
export function waar(objectId: string | null, plek: Plek): Record<string, unknown> | null {
  if (objectId !== null) return { objectId }
  if (plek.soort === 'punt') return plek.punt === null ? null : { punt: puntVan(plek) }
  return heeftNummer(plek) ? { adres: kortAdresVan(plek) } : null
}
