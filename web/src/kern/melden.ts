// What the tablet tells of itself: counts and ages, never content; and what it is told in return.

import type { Omgeving } from './omgeving'
import { localIso } from './tijd'

export const PROTOCOL = 1

export interface Order {
  wissen: boolean
  bijwerken: boolean
}

/** A UUID version 7 begins with the moment at which it was made. */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

export async function report(om: Omgeving): Promise<Order | null> {
  const { gebeurtenissen, fotos } = om.db
  const wacht = await gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd']).primaryKeys()
  const beelden = await fotos.where('stand').equals('wacht').primaryKeys()
  const geweigerd = [...om.geheugen.regels.values()].filter((regel) => regel.notitie.geweigerd).length
  const melding = {
    appversie: import.meta.env?.VITE_VERSIE ?? '0',
    protocolversie: PROTOCOL,
    lijstversies: versions(om),
    wachtrij: wacht.length,
    oudsteOp: oldest(wacht),
    fotos: beelden.length,
    oudsteFotoOp: oldest(beelden),
    geweigerd,
  }
  const antwoord = await om.netwerk.ask('PUT', `/v1/apparaten/${om.geheugen.apparaatId}`, { inhoud: melding })
  if (antwoord.status >= 400) return null
  const order = antwoord.inhoud as Partial<Order>
  om.bericht.change({ appBijwerken: order.bijwerken === true })
  return { wissen: order.wissen === true, bijwerken: order.bijwerken === true }
}

const oldest = (ids: readonly string[]): string | null =>
  ids.length === 0 ? null : localIso(new Date(Math.min(...ids.map(madeAt))))

function versions(om: Omgeving): Record<string, number> {
  const hoogste: Record<string, number> = {}
  for (const { code, versie } of om.geheugen.lijsten.values()) hoogste[code] = Math.max(versie, hoogste[code] ?? 0)
  return hoogste
}
