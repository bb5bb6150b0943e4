// The day: work package, checklists and what changed at the service, kept for when there is no network.

import type { Checklist, Werkpakket } from './contract'
import type { Naslag, Pakketstand } from './geheugen'
import type { Omgeving } from './omgeving'
import type { Wijziging } from './stand'
import { daysLater, dutchDate, localIso } from './tijd'

/** Which questions an earlier measure opens (DAT-13: no day package names them), and the words for codes of the package. */
const LIJSTEN = ['aandachtspunten', 'maatregelgronden', 'huisvestingscertificaten'].map((naam) => `/lijsten/${naam}`)

/** Fetches the package of a date when it changed, and the checklists that it names. */
export async function fetchPackage(om: Omgeving, datum: string): Promise<void> {
  const oud = om.geheugen.pakketten.get(datum)
  const koppen: Record<string, string> = oud?.etag ? { 'If-None-Match': oud.etag } : {}
  const antwoord = await om.netwerk.ask('GET', `/v1/werkpakketten/${datum}`, { koppen })
  const opgehaaldOp = localIso(new Date(om.nu()))
  let nieuw: Pakketstand
  if (antwoord.status === 304 && oud !== undefined) nieuw = { ...oud, opgehaaldOp }
  else if (antwoord.status === 200) {
    nieuw = { pakket: antwoord.inhoud as Werkpakket, etag: antwoord.koppen.get('ETag'), opgehaaldOp }
  } else return
  await fetchLists(om, nieuw.pakket)
  await om.kluis.put(`pakket:${datum}`, nieuw)
  om.geheugen.pakketten.set(datum, nieuw)
  om.geheugen.touch()
}

async function fetchLists(om: Omgeving, pakket: Werkpakket): Promise<void> {
  for (const { code, versie } of pakket.checklists) {
    if (om.geheugen.lijsten.has(`${code}:${versie}`)) continue
    const antwoord = await om.netwerk.ask('GET', `/v1/checklists/${code}/versies/${versie}`)
    if (antwoord.status !== 200) continue
    await om.kluis.put(`lijst:${code}:${versie}`, antwoord.inhoud)
    om.geheugen.keepList(antwoord.inhoud as Checklist)
  }
  await fetchRules(om, pakket)
}

/** Without the rule no list opens: it comes with the day, before the network is gone. A version never changes. */
async function fetchRules(om: Omgeving, pakket: Werkpakket): Promise<void> {
  const paden = [...pakket.rekenregels.map(({ verwijzing }) => verwijzing.replace(/^\/v1/u, '')), ...LIJSTEN]
  for (const pad of paden) if (!om.geheugen.naslag.has(pad)) await fetchNaslag(om, pad)
}

interface Terug {
  cursor: string
  controles: Wijziging[]
  nietMeer: string[]
}

/** What others changed since the last time, merged per control. */
export async function fetchChanges(om: Omgeving): Promise<void> {
  const bewaard = await om.kluis.get<{ cursor: string }>('cursor')
  const vanaf = bewaard === null ? '' : `?vanaf=${encodeURIComponent(bewaard.cursor)}`
  const antwoord = await om.netwerk.ask('GET', `/v1/synchronisaties/wijzigingen${vanaf}`)
  if (antwoord.status >= 400) {
    if (bewaard !== null) await om.kluis.delete('cursor') // a cursor that is too old: next time from the start
    return
  }
  const terug = antwoord.inhoud as Terug
  for (const wijziging of terug.controles) {
    await om.kluis.put(`wijziging:${wijziging.controleId}`, wijziging)
    om.geheugen.wijzigingen.set(wijziging.controleId, wijziging)
    om.geheugen.touch(wijziging.controleId)
  }
  await om.kluis.put('cursor', { cursor: terug.cursor })
}

/** After a restart: which questions of a running control were answered already; the values are not here any more (DAT-13). */
export async function fetchAnswered(om: Omgeving): Promise<void> {
  for (const stand of om.geheugen.controles()) {
    const loopt = stand.gestartOp !== null && stand.vertrokkenOp === null && stand.pogingOp === null
    if (!loopt || om.geheugen.antwoordstand.has(stand.controleId)) continue
    const antwoord = await om.netwerk.ask(
      'GET',
      `/v1/controles/${stand.controleId}/antwoordstand?apparaatId=${om.geheugen.apparaatId}`,
    )
    if (antwoord.status !== 200) continue
    om.geheugen.antwoordstand.set(stand.controleId, new Set((antwoord.inhoud as { codes: string[] }).codes))
    om.geheugen.touch(stand.controleId)
  }
}

/** Other content for the day; what was kept is good enough when the service says nothing better. */
export async function fetchNaslag(om: Omgeving, pad: string): Promise<void> {
  const oud = om.geheugen.naslag.get(pad)
  const antwoord = await om.netwerk.ask('GET', `/v1${pad}`, { koppen: oud?.etag ? { 'If-None-Match': oud.etag } : {} })
  const opgehaaldOp = localIso(new Date(om.nu()))
  let nieuw: Naslag
  if (antwoord.status === 304 && oud !== undefined) nieuw = { ...oud, opgehaaldOp }
  else if (antwoord.status === 200) nieuw = { inhoud: antwoord.inhoud, etag: antwoord.koppen.get('ETag'), opgehaaldOp }
  else return
  await om.kluis.put(`naslag:${pad}`, nieuw)
  om.geheugen.naslag.set(pad, nieuw)
  om.geheugen.touch()
}

/** Today and tomorrow; a shift may pass midnight, so yesterday stays as well. */
export function daysToKeep(nu: number): { halen: [string, string]; houden: Set<string> } {
  const vandaag = dutchDate(new Date(nu))
  const dag = (verschil: number): string => daysLater(vandaag, verschil)
  return { halen: [dag(0), dag(1)], houden: new Set([dag(-1), dag(0), dag(1)]) }
}
