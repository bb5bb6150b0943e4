// What is only on this tablet, in numbers.

import type { Omgeving } from './omgeving'

/** The numbers at the foot of every screen. */
export async function countWaiting(om: Omgeving): Promise<void> {
  const { gebeurtenissen, fotos } = om.db
  const [wacht, blijft, fotosTeGaan, fotosBlijven] = await Promise.all([
    gebeurtenissen.where('stand').equals('wacht').count(),
    gebeurtenissen.where('stand').equals('blijft').count(),
    fotos.where('stand').equals('wacht').count(),
    fotos.where('stand').equals('blijft').count(),
  ])
  om.bericht.change({ wachtend: wacht, fotosTeGaan, vraagtAandacht: blijft + fotosBlijven })
}

/** Records and photos that somebody who signs out would leave behind. */
export async function countUnsent({ db, geheugen }: Omgeving): Promise<number> {
  const rijen = await db.gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd']).count()
  const fotos = await db.fotos.where('stand').anyOf(['wacht', 'blijft']).count()
  return rijen + fotos + [...geheugen.regels.values()].filter((regel) => regel.notitie.geweigerd).length
}

/** Whether nothing is left that only this tablet has. */
export async function isDelivered({ db: { gebeurtenissen, fotos } }: Omgeving): Promise<boolean> {
  const wacht = await gebeurtenissen.where('stand').anyOf(['wacht', 'blijft']).count()
  return wacht === 0 && (await fotos.where('stand').anyOf(['wacht', 'blijft']).count()) === 0
}
