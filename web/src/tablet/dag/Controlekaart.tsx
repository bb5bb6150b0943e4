// One control of the day: time, place, how it stands, and the next step.

import { Heading } from '@amsterdam/design-system-react'
import type { Controlestand, PakketControle } from '../../kern/contract'
import { Alinea, Knop, KnopLink, Kolom, Rij } from '../../onderdelen/Kader'
import { klokVanMinuut } from '../tijden'
import { deur, OBJECTTYPEN, plaats } from '../woorden'
import { faseVan, plekVan, standInWoorden, startgebreken, teVersturen, uitcheckklok } from './stand'

interface Eigenschappen {
  stand: Controlestand
  nu: Date
  /** Of the municipality, for a control that was made here. */
  uitcheckenMin?: number | null
  onSchuif?: (id: string, stap: -1 | 1) => void
  eerste?: boolean
  laatste?: boolean
}

export function Controlekaart({ stand, nu, uitcheckenMin = null, onSchuif, eerste, laatste }: Eigenschappen) {
  const plek = plekVan(stand)
  const fase = faseVan(stand)
  const klok = uitcheckklok(stand, nu, uitcheckenMin)
  const wacht = teVersturen(stand)
  const aanvang = stand.pakket?.aanvang ?? null
  return (
    <article className={fase === 'klaar' ? 'vw-kader vw-kader--stil' : 'vw-kader'}>
      <Kolom dicht>
        <Rij uit>
          <Alinea>
            <strong>{aanvang === null ? standInWoorden(stand) : klokVanMinuut(aanvang)}</strong>
            {aanvang !== null && ` · ${standInWoorden(stand)}`}
          </Alinea>
          {stand.pakket?.integraal && <Alinea klein>Met partners</Alinea>}
        </Rij>
        <Heading level={3} size="level-3">
          {plek.naam}
        </Heading>
        <Alinea>{[plek.regel, plek.soort].filter(Boolean).join(' · ')}</Alinea>
        {klok && (
          <Alinea>
            <strong>
              {stand.ingecheckt.size} binnen · uitchecken {klok.tekst}
            </strong>
          </Alinea>
        )}
        {wacht && <Alinea klein>Op deze tablet: {wacht}</Alinea>}
        {fase === 'bezig' && startgebreken(stand).map((reden) => <Alinea key={reden}>{reden}</Alinea>)}
        {onSchuif ? (
          <Rij>
            <Knop disabled={eerste} onClick={() => onSchuif(stand.controleId, -1)} aria-label={`${plek.naam} eerder`}>
              ↑ Eerder
            </Knop>
            <Knop disabled={laatste} onClick={() => onSchuif(stand.controleId, 1)} aria-label={`${plek.naam} later`}>
              ↓ Later
            </Knop>
          </Rij>
        ) : (
          <Stappen stand={stand} naam={plek.naam} />
        )}
      </Kolom>
    </article>
  )
}

function Stappen({ stand, naam }: { stand: Controlestand; naam: string }) {
  const fase = faseVan(stand)
  const id = stand.controleId
  return (
    <Rij>
      {fase === 'te-doen' && (
        <KnopLink naar={`/start/${id}`} soort="primary" label={`Beginnen bij ${naam}`}>
          Beginnen
        </KnopLink>
      )}
      {fase === 'bezig' && (
        <KnopLink naar={`/controle/${id}`} soort="primary" label={`Verder bij ${naam}`}>
          Verder
        </KnopLink>
      )}
      {fase === 'bezig' && (
        <KnopLink naar={`/aanwezig/${id}`} label={`In en uit bij ${naam}`}>
          In en uit
        </KnopLink>
      )}
      {fase === 'klaar' && (
        <KnopLink naar={`/controle/${id}`} label={`Bekijk ${naam}`}>
          Bekijken
        </KnopLink>
      )}
      {stand.pakket !== null && (
        <KnopLink naar={`/object/${id}`} label={`Over deze plek: ${naam}`}>
          Over deze plek
        </KnopLink>
      )}
    </Rij>
  )
}

interface Regel {
  tijd: number | null
  plek: { naam: string; adres: PakketControle['object']['adres']; type: PakketControle['object']['type'] }
  naar: string
}

/** A control of another day: no state, only time and place. */
export function Dagregel({ tijd, plek, naar }: Regel) {
  return (
    <Rij uit>
      <div>
        <Alinea>
          <strong>{tijd === null ? 'Tijd volgt' : klokVanMinuut(tijd)}</strong> · {plek.naam}
        </Alinea>
        <Alinea klein>
          {deur(plek.adres)}, {plaats(plek.adres)} · {OBJECTTYPEN[plek.type]}
        </Alinea>
      </div>
      <KnopLink naar={naar} label={`Over deze plek: ${plek.naam}`}>
        Over deze plek
      </KnopLink>
    </Rij>
  )
}
