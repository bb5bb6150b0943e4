// What the tablet tells of itself: counts and ages, never content; and what it is told in return.

import { readBoek, writeBoek } from './boek'
import type { Omgeving } from './omgeving'
import { localIso } from './tijd'

export const PROTOCOL = 1

export interface Order {
  wissen: boolean
  bijwerken: boolean
}

/** A UUID version 7 begins with the moment at which it was made. */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** Needs no key: a tablet that is lost is a locked one, and must hear its order as well. */
export async function report(om: Omgeving): Promise<Order | null> {
  const { gebeurtenissen, fotos } = om.db
  const wacht = await gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd']).primaryKeys()
  const beelden = await fotos.where('stand').equals('wacht').primaryKeys()
  // What the service has is here without its sealed copy; what it refused keeps that.
  const geweigerd = await gebeurtenissen
    .where('stand')
    .equals('blijft')
    .filter((rij) => rij.jwe !== undefined)
    .count()
  const melding = {
    appversie: import.meta.env?.VITE_VERSIE ?? '0',
    protocolversie: PROTOCOL,
    lijstversies: await versions(om),
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

async function versions(om: Omgeving): Promise<Record<string, number>> {
  if (!om.kluis.open) return (await readBoek(om.db, 'lijstversies')) ?? {}
  const hoogste: Record<string, number> = {}
  for (const { code, versie } of om.geheugen.lijsten.values()) hoogste[code] = Math.max(versie, hoogste[code] ?? 0)
  await writeBoek(om.db, 'lijstversies', hoogste)
  return hoogste
}
