// Undo: a new event that brings back what stood there before; nothing is ever taken away. Pure.

import type { NieuweGebeurtenis, Waarde } from './contract'
import type { Regel } from './regels'

export interface Terug {
  nieuw: NieuweGebeurtenis
  ongedaanVan: string
  codes: string[]
}

/** The last answers of a control that can be taken back; null when there are none, or their values left the tablet. */
export function takeBack(controleId: string, regels: readonly Regel[]): Terug | null {
  const ongedaan = new Set(regels.map((regel) => regel.notitie.ongedaanVan).filter((id) => id !== undefined))
  const laatste = regels.findLast(
    ({ gebeurtenis, notitie }) =>
      gebeurtenis.soort === 'antwoorden' &&
      notitie.ongedaanVan === undefined &&
      notitie.foto === undefined &&
      notitie.gestript === undefined &&
      !ongedaan.has(gebeurtenis.gebeurtenisId),
  )
  if (laatste === undefined) return null
  const { gebeurtenis } = laatste
  const antwoorden: Record<string, Waarde> = {}
  const filterredenen: Record<string, unknown> = {}
  for (const eerder of regels) {
    if (eerder.gebeurtenis.soort !== 'antwoorden' || eerder.gebeurtenis.volgnummer >= gebeurtenis.volgnummer) continue
    Object.assign(antwoorden, eerder.gebeurtenis.inhoud.antwoorden)
    Object.assign(filterredenen, eerder.gebeurtenis.inhoud.filterredenen)
  }
  const codes = Object.keys((gebeurtenis.inhoud.antwoorden ?? {}) as object)
  const inhoud = {
    ...gebeurtenis.inhoud,
    antwoorden: Object.fromEntries(codes.map((code) => [code, antwoorden[code] ?? null])),
    filterredenen: Object.fromEntries(
      codes.filter((code) => code in filterredenen).map((code) => [code, filterredenen[code]]),
    ),
  }
  return { nieuw: { controleId, soort: 'antwoorden', inhoud }, ongedaanVan: gebeurtenis.gebeurtenisId, codes }
}
