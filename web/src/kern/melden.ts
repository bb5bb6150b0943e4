// What the tablet tells of itself: counts and ages, never content; and what it is told in return.

import { readBoek, writeBoek } from './boek'
import type { Omgeving } from './omgeving'
import { localIso } from './tijd'

export const PROTOCOL = 1

export interface Order {
  wissen: boolean
  bijwerken: boolean
  /** Another tablet sends under the same id. */
  nieuwKenmerk: boolean
}

/** A UUID version 7 begins with the moment at which it was made. */
export const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** Needs no key: a tablet that is lost is a locked one, and must hear its order as well. */
export async function report(om: Omgeving, apparaatId = om.geheugen.apparaatId): Promise<Order | null> {
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
  const antwoord = await om.netwerk.ask('PUT', `/v1/apparaten/${apparaatId}`, { inhoud: melding })
  if (antwoord.status >= 400) return null
  const order = antwoord.inhoud as Partial<Order>
  om.bericht.change({ appBijwerken: order.bijwerken === true })
  return {
    wissen: order.wissen === true,
    bijwerken: order.bijwerken === true,
    nieuwKenmerk: order.nieuwKenmerk === true,
  }
}

/** The road of a tablet without a session: the sealed proof says which tablet it is, and nothing else is told. */
const SEALED = '/v1/synchronisaties/_verzegeld'

/** Asks, without a session, whether this tablet must be wiped; false when it has no proof to ask with. */
export async function hearSealed(om: Omgeving): Promise<boolean> {
  const { bewijs } = om.zegel
  if (bewijs === null) return false
  const antwoord = await om.netwerk.ask('POST', SEALED, { inhoud: { zendingen: [], bewijs } })
  if (antwoord.status >= 400) return false
  // For this tablet by name: an answer about another one is no order to us.
  const { wissen } = antwoord.inhoud as { wissen?: unknown }
  return Array.isArray(wissen) && wissen.includes(om.geheugen.apparaatId)
}

/**
 * Tells that the order was obeyed; nothing is left here to do it with but the proof, which only the service can read. What could not be
 * told, for want of network, is told at the next start.
 */
export async function tellWiped(om: Omgeving): Promise<void> {
  const melden = (await readBoek(om.db, 'leeggemaakt'))?.melden ?? null
  if (melden === null) return
  const { apparaatId, bewijs } = melden
  const antwoord = await om.netwerk.ask('POST', `/v1/apparaten/${apparaatId}/_gewist`)
  if (antwoord.status >= 400 && bewijs !== null)
    await om.netwerk.ask('POST', SEALED, { inhoud: { zendingen: [], bewijs, gewist: true } })
  await writeBoek(om.db, 'leeggemaakt', { melden: null })
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
