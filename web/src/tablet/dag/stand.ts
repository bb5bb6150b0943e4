// How a control stands, in words; nothing here tells what was found (PLN-19).

import type { Controlestand, PakketControle, Zending } from '../../kern/contract'
import { duur, klok } from '../tijden'
import { deur, OBJECTTYPEN, plaats } from '../woorden'

export type Fase = 'bezig' | 'te-doen' | 'klaar'

export interface Uitcheckklok {
  voor: Date
  tekst: string
  telaat: boolean
}

const MINUUT = 60_000

export function faseVan(stand: Controlestand): Fase {
  if (stand.vertrokkenOp !== null || stand.pogingOp !== null) return 'klaar'
  const status = stand.status ?? stand.pakket?.status
  if (status === 'afgerond' || status === 'poging' || status === 'vervallen') return 'klaar'
  return stand.gestartOp !== null || status === 'bezig' ? 'bezig' : 'te-doen'
}

/** The state for a reader: what it is at, and since when. */
export function standInWoorden(stand: Controlestand): string {
  if (stand.vertrokkenOp !== null) return `Klaar om ${klok(stand.vertrokkenOp)}`
  const status = stand.status ?? stand.pakket?.status
  if (stand.pogingOp !== null || status === 'poging') return 'Geen toegang: vastgelegd'
  if (status === 'afgerond') return 'Klaar'
  if (status === 'vervallen') return 'Vervallen'
  if (stand.sfeerovergangOp !== null) return `Gestopt om ${klok(stand.sfeerovergangOp)}`
  if (stand.gestartOp !== null) return `Bezig sinds ${klok(stand.gestartOp)}`
  if (status === 'bezig') return 'Bezig, gestart op een andere tablet'
  return 'Nog te doen'
}

/** When the last of those inside must be out; null when nobody is, or the municipality set no time (PLN-02). A control
 * that was made here follows its municipality. */
export function uitcheckklok(stand: Controlestand, nu: Date, gemeente: number | null = null): Uitcheckklok | null {
  const minuten = stand.pakket === null ? gemeente : stand.pakket.uitcheckenMin
  if (minuten === null || stand.ingecheckt.size === 0) return null
  const sinds = ingechecktSinds(stand)
  if (sinds === null) return null
  const voor = new Date(sinds.getTime() + minuten * MINUUT)
  const over = (voor.getTime() - nu.getTime()) / MINUUT
  return {
    voor,
    telaat: over < 0,
    tekst: over < 0 ? `${duur(-over)} over tijd` : `nog ${duur(over)}`,
  }
}

/** The first check-in since the last time that everybody was out. */
function ingechecktSinds(stand: Controlestand): Date | null {
  const erin = (zending: Zending) => zending.soort === 'ingecheckt' || zending.soort === 'controle-gestart'
  const tijden = stand.zendingen.filter(erin).map((zending) => Date.parse(zending.opgenomenOp))
  const gestart = stand.gestartOp === null ? [] : [Date.parse(stand.gestartOp)]
  const eruit = stand.zendingen
    .filter((zending) => zending.soort === 'uitgecheckt')
    .map((zending) => Date.parse(zending.opgenomenOp))
  const laatsteEruit = Math.max(0, ...eruit)
  const sinds = [...tijden, ...gestart].filter((tijd) => tijd > laatsteEruit)
  // Somebody went out while others stayed: the clock runs from the start, which is the safe side.
  const kandidaten = sinds.length > 0 ? sinds : [...tijden, ...gestart]
  return kandidaten.length === 0 ? null : new Date(Math.min(...kandidaten))
}

/** What of this control is still on the tablet, in words; null when all arrived. */
export function teVersturen(stand: Controlestand): string | null {
  const open = stand.zendingen.filter((zending) => zending.stand !== 'aangekomen')
  if (open.length === 0) return null
  const aandacht = open.filter((zending) => zending.stand === 'vraagt aandacht').length
  const fotos = open.reduce((som, zending) => som + zending.fotosTeGaan, 0)
  const delen = [
    open.length > aandacht ? `${open.length - aandacht} te versturen` : '',
    fotos > 0 ? `${fotos} ${fotos === 1 ? 'foto' : 'foto’s'}` : '',
    aandacht > 0 ? `${aandacht} ${aandacht === 1 ? 'vraagt' : 'vragen'} aandacht` : '',
  ]
  return delen.filter(Boolean).join(', ')
}

/** Name and address of the place, for a planned control and for one that was made here. */
export function plekVan(stand: Controlestand): { naam: string; regel: string; soort: string } {
  const object = stand.pakket?.object
  if (object !== undefined) {
    return {
      naam: object.naam,
      regel: `${deur(object.adres)}, ${plaats(object.adres)}`,
      soort: OBJECTTYPEN[object.type],
    }
  }
  const type = stand.hier?.objecttype as PakketControle['object']['type'] | undefined
  return { naam: stand.hier?.plek ?? 'Controle op deze tablet', regel: '', soort: type ? OBJECTTYPEN[type] : '' }
}

/** The verdicts on the start, which say what is missing (PLN-02, PLN-13). */
export function startgebreken(stand: Controlestand): string[] {
  return stand.zendingen
    .filter((zending) => zending.soort === 'controle-gestart')
    .flatMap((zending) => zending.oordelen.map((oordeel) => oordeel.reden ?? ''))
    .filter(Boolean)
}
