// How a control stands on this tablet: its events in order, merged with what the service says. Pure.

import type { Vorm } from '../api/client'
import type { Controlestand, Foto, PakketControle, Waarde, Zending } from './contract'
import type { Regel } from './regels'

/** Of `GET /synchronisaties/wijzigingen`. */
export interface Wijziging {
  controleId: string
  status: string
  antwoorden: { item: string; waarde: unknown; apparaatId: string; volgnummer: number; verschilt: boolean }[]
}

export interface Bronnen {
  apparaatId: string
  accountId: string | null
  pakket: PakketControle | null
  wijziging: Wijziging | null
  /** Codes that the service has of this account. */
  antwoordstand: ReadonlySet<string>
  uitkomst: Vorm<'UitkomstRead'> | null
  status: string | null
  fotos: Foto[]
}

const strings = (waarde: unknown): string[] => (Array.isArray(waarde) ? (waarde as string[]) : [])

export function foldControle(controleId: string, regels: readonly Regel[], bronnen: Bronnen): Controlestand {
  const stand: Controlestand = {
    controleId,
    pakket: bronnen.pakket,
    hier: null,
    antwoorden: {},
    beantwoordElders: new Set(),
    vanAndereTablet: new Set(),
    verschilt: new Set(),
    filterredenen: {},
    lijstversies: { ...bronnen.pakket?.checklistversies },
    gestartOp: null,
    ingecheckt: new Set(),
    sfeerovergangOp: null,
    acuutOp: null,
    vertrokkenOp: null,
    pogingOp: null,
    status: bronnen.wijziging?.status ?? bronnen.status ?? bronnen.pakket?.status ?? null,
    keuze: null,
    zendingen: regels.map((regel) => showZending(regel, bronnen.fotos)),
    fotos: bronnen.fotos,
    uitkomst: bronnen.uitkomst,
  }
  const binnen = new Set<string>()
  const laatste = new Map<string, Regel>()
  for (const regel of regels) apply(stand, binnen, laatste, regel, bronnen.accountId)
  stand.ingecheckt = binnen
  merge(stand, laatste, bronnen)
  stand.beantwoordElders = new Set([...bronnen.antwoordstand].filter((code) => !(code in stand.antwoorden)))
  return stand
}

function apply(
  stand: Controlestand,
  binnen: Set<string>,
  laatste: Map<string, Regel>,
  regel: Regel,
  accountId: string | null,
): void {
  const { soort, inhoud, apparaatTijd } = regel.gebeurtenis
  switch (soort) {
    case 'controle-aangemaakt':
      stand.hier = {
        ...(regel.notitie.hier ?? {
          objecttype: typeof inhoud.objecttype === 'string' ? inhoud.objecttype : 'WON',
          plek: placeWords(inhoud),
        }),
        gemeentecode: typeof inhoud.gemeentecode === 'string' ? inhoud.gemeentecode : null,
      }
      break
    case 'controle-gestart':
      stand.gestartOp ??= apparaatTijd
      Object.assign(stand.lijstversies, inhoud.lijstversies)
      for (const account of [accountId, ...strings(inhoud.toezichthouders)]) if (account !== null) binnen.add(account)
      break
    case 'ingecheckt':
      for (const account of strings(inhoud.toezichthouders)) binnen.add(account)
      break
    case 'uitgecheckt': {
      const weg = strings(inhoud.toezichthouders)
      for (const account of weg.length === 0 ? [...binnen] : weg) binnen.delete(account)
      break
    }
    case 'antwoorden':
      Object.assign(stand.lijstversies, inhoud.lijstversies)
      for (const [code, waarde] of Object.entries((inhoud.antwoorden ?? {}) as Record<string, Waarde>)) {
        laatste.set(code, regel)
        delete stand.filterredenen[code]
        if (waarde === null) delete stand.antwoorden[code]
        else stand.antwoorden[code] = waarde
      }
      Object.assign(stand.filterredenen, inhoud.filterredenen)
      break
    case 'sfeerovergang':
      stand.sfeerovergangOp ??= apparaatTijd
      break
    case 'acuut':
      stand.acuutOp ??= apparaatTijd
      break
    case 'keuze':
      stand.keuze = String(inhoud.keuze)
      break
    case 'controle-afgerond':
      stand.vertrokkenOp ??= apparaatTijd
      binnen.clear()
      break
    case 'poging':
      stand.pogingOp = apparaatTijd
      binnen.clear()
      break
  }
}

/** Item by item: what this tablet still has to send goes first, then what counts at the service. */
function merge(stand: Controlestand, laatste: ReadonlyMap<string, Regel>, bronnen: Bronnen): void {
  const andere = new Set<string>()
  const verschilt = new Set<string>()
  for (const daar of bronnen.wijziging?.antwoorden ?? []) {
    if (daar.verschilt) verschilt.add(daar.item)
    const hier = laatste.get(daar.item)
    if (hier !== undefined && (hier.stand === 'wacht' || hier.stand === 'bezorgd')) continue
    const eigen = daar.apparaatId === bronnen.apparaatId
    if (eigen && hier !== undefined && hier.gebeurtenis.volgnummer >= daar.volgnummer) continue
    if (daar.waarde === null) delete stand.antwoorden[daar.item]
    else stand.antwoorden[daar.item] = daar.waarde as Waarde
    if (!eigen) andere.add(daar.item)
  }
  stand.vanAndereTablet = andere
  stand.verschilt = verschilt
}

export function showZending(regel: Regel, fotos: readonly Foto[]): Zending {
  const { gebeurtenis, notitie } = regel
  const teGaan = photosToGo(regel, fotos)
  const aangekomen = teGaan > 0 ? 'wacht op foto’s' : 'aangekomen'
  const standen = {
    wacht: regel.onderweg ? 'onderweg' : 'opgeslagen op tablet',
    bezorgd: aangekomen,
    blijft: 'vraagt aandacht',
    aangekomen,
  } as const
  return {
    gebeurtenisId: gebeurtenis.gebeurtenisId,
    controleId: gebeurtenis.controleId,
    soort: gebeurtenis.soort,
    opgenomenOp: gebeurtenis.apparaatTijd,
    stand: standen[regel.stand],
    fotosTeGaan: teGaan,
    reden: notitie.reden ?? null,
    oordelen: notitie.oordelen ?? [],
  }
}

function photosToGo(regel: Regel, fotos: readonly Foto[]): number {
  if (regel.gebeurtenis.soort !== 'antwoorden') return 0
  const genoemd = new Set(Object.values((regel.gebeurtenis.inhoud.antwoorden ?? {}) as object).flatMap(strings))
  return fotos.filter((foto) => genoemd.has(foto.id) && foto.stand !== 'aangekomen').length
}

function placeWords(inhoud: Record<string, unknown>): string {
  const adres = inhoud.adres as Record<string, unknown> | undefined
  if (adres !== undefined && adres !== null) {
    const nummer = [adres.huisnummer, adres.huisletter, adres.toevoeging]
      .filter((deel) => deel != null && deel !== '')
      .join('')
    return [[adres.straat, nummer].filter(Boolean).join(' '), adres.postcode, adres.woonplaats]
      .filter(Boolean)
      .join(', ')
  }
  return typeof inhoud.omschrijving === 'string' && inhoud.omschrijving !== ''
    ? inhoud.omschrijving
    : 'Plek op de kaart'
}
