// After unlocking: read all into memory, and throw away what was kept for a day that is over.

import type { Checklist, Sessie } from './contract'
import { daysToKeep } from './dag'
import type { Gebeurtenisrij } from './database'
import type { Fotogeheim } from './fotos'
import type { Naslag, Pakketstand } from './geheugen'
import type { Omgeving } from './omgeving'
import type { Geheim, Regel } from './regels'
import type { Wijziging } from './stand'

/** Longest shift with what comes after it: what arrived is kept no longer than this. */
const BEWAREN = 20 * 3_600_000
const NASLAG_BEWAREN = 7 * 86_400_000

export async function load(om: Omgeving): Promise<void> {
  const { geheugen, kluis, db } = om
  const { houden } = daysToKeep(om.nu())
  geheugen.sessie = await kluis.get<Sessie>('sessie')
  for (const [sleutel, lijst] of await kluis.all<Checklist>('lijst')) geheugen.lijsten.set(sleutel, lijst)
  const regels = await Promise.all(
    (await db.gebeurtenissen.orderBy('volgnummer').toArray()).map((rij) => read(om, rij)),
  )
  const gelezen = regels.filter((regel) => regel !== null)
  const verlopen = gelezen.filter((regel) => regel.stand === 'aangekomen' && isOver(om, regel.gebeurtenis.apparaatTijd))
  await db.gebeurtenissen.bulkDelete(verlopen.map((regel) => regel.gebeurtenis.gebeurtenisId))
  geheugen.keep(...gelezen.filter((regel) => !verlopen.includes(regel)))
  // Days without network: as long as something of a control is only here, its day stays, or nobody could tell what it is about.
  const open = new Set(
    gelezen.filter(({ stand }) => stand !== 'aangekomen').map((regel) => regel.gebeurtenis.controleId),
  )
  for (const [datum, stand] of await kluis.all<Pakketstand>('pakket')) {
    if (houden.has(datum) || stand.pakket.controles.some(({ id }) => open.has(id))) geheugen.pakketten.set(datum, stand)
    else await kluis.delete(`pakket:${datum}`)
  }
  for (const rij of await db.fotos.toArray()) {
    if (rij.stand === 'weg') continue
    const foto = await kluis.decrypt<Fotogeheim>(rij.id, rij.geheim)
    // A flag that nobody recorded in all that time: its photo was seen by nobody and goes.
    if (rij.stand === 'concept' && isOver(om, foto.genomenOp)) {
      await db.fotobytes.delete(rij.id)
      await db.fotos.delete(rij.id)
    } else if (rij.stand === 'aangekomen' && isOver(om, foto.genomenOp)) await db.fotos.delete(rij.id)
    else geheugen.fotos.set(rij.id, foto)
  }
  for (const [pad, naslag] of await kluis.all<Naslag>('naslag')) {
    if (om.nu() - Date.parse(naslag.opgehaaldOp) < NASLAG_BEWAREN) geheugen.naslag.set(pad, naslag)
    else await kluis.delete(`naslag:${pad}`)
  }
  for (const [naam, concept] of await kluis.all<unknown>('concept')) geheugen.concepten.set(naam, concept)
  for (const [id, wijziging] of await kluis.all<Wijziging>('wijziging')) {
    if (geheugen.controle(id) !== null) geheugen.wijzigingen.set(id, wijziging)
    else await kluis.delete(`wijziging:${id}`)
  }
  geheugen.touch()
}

const isOver = (om: Omgeving, tijd: string): boolean => om.nu() - Date.parse(tijd) > BEWAREN

/** null for what was recorded while locked: only the service can read it. */
async function read(om: Omgeving, rij: Gebeurtenisrij): Promise<Regel | null> {
  if (rij.geheim === undefined) return null
  const geheim = await om.kluis.decrypt<Geheim>(rij.gebeurtenisId, rij.geheim)
  return { ...geheim, stand: rij.stand, onderweg: false }
}

/** What another tab delivered and took off the disk. */
export async function forgetDelivered({ db, geheugen }: Omgeving): Promise<void> {
  const opSchijf = new Set(await db.gebeurtenissen.toCollection().primaryKeys())
  const weg = [...geheugen.regels.values()].filter(
    ({ stand, gebeurtenis }) => stand !== 'aangekomen' && !opSchijf.has(gebeurtenis.gebeurtenisId),
  )
  geheugen.keep(...weg.map((regel) => ({ ...regel, stand: 'aangekomen' as const, onderweg: false })))
}
