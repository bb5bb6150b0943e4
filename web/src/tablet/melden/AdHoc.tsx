// A control at any address or point that nobody planned; after this it starts as every other.

import { useState } from 'react'
import { useLocation } from 'wouter'
import { kern } from '../../kern'
import { Bericht, Knop, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { Keuzetegels } from '../../onderdelen/Velden'
import { datumVan } from '../tijden'
import { OBJECTTYPEN } from '../woorden'
import { Plekkeuze } from './Plekkeuze'
import { adresVan, gemeenteVan, LEGE_PLEK, type Plek, plekGebrek, plekTekst, puntVan } from './plek'
import { useFormulier } from './useFormulier'

/** A licensed sex establishment comes from the register of permits only. */
const TYPEN = (['WON', 'HOR', 'BEDR', 'MASS', 'HOT', 'LOG'] as const).map((code) => ({
  code,
  tekst: OBJECTTYPEN[code],
}))

interface Inhoud {
  type: string | null
  plek: Plek
}

export function AdHoc() {
  const [, ga] = useLocation()
  const { sessie } = kern.useSlot()
  const formulier = useFormulier<Inhoud>('andere plek', { type: null, plek: LEGE_PLEK })
  const [melding, setMelding] = useState<string | null>(null)
  const { inhoud, zet } = formulier

  async function verder() {
    const gebrek = inhoud.type === null ? 'Kies wat voor plek het is.' : plekGebrek(inhoud.plek)
    setMelding(gebrek)
    if (gebrek !== null || inhoud.type === null) return
    const controleId = kern.newId()
    const gelukt = await formulier.leg({
      controleId,
      soort: 'controle-aangemaakt',
      inhoud: {
        gemeentecode: gemeenteVan(inhoud.plek, sessie),
        objecttype: inhoud.type,
        datum: datumVan(new Date(kern.now())),
        ...(inhoud.plek.soort === 'punt'
          ? { punt: puntVan(inhoud.plek), omschrijving: inhoud.plek.omschrijving.trim() }
          : { adres: adresVan(inhoud.plek) }),
      },
      hier: { objecttype: inhoud.type, plek: plekTekst(inhoud.plek) },
    })
    if (gelukt) ga(`/start/${controleId}`)
  }

  return (
    <Pagina titel="Andere plek" terug={{ naar: '/nieuw', tekst: 'Vastleggen' }}>
      {formulier.gelezen && (
        <Kolom>
          <Plekkeuze plek={inhoud.plek} volledig puntMag zoekt onPlek={(plek) => zet({ plek })} />
          <Keuzetegels
            vraag="Wat voor plek is het?"
            smal
            keuzes={TYPEN}
            waarde={inhoud.type}
            onKies={(type) => zet({ type })}
          />
          {melding && <Bericht titel={melding} />}
          {formulier.fout && <Bericht titel={formulier.fout} />}
          <Knop soort="primary" breed disabled={formulier.bezig} onClick={() => void verder()}>
            Verder
          </Knop>
        </Kolom>
      )}
    </Pagina>
  )
}
