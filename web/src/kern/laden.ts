// After unlocking: read all into memory, and throw away what was kept for a day that is over.

import type { Checklist, Sessie } from './contract'
import { daysToKeep } from './dag'
import type { Gebeurtenisrij } from './database'
import type { Fotogeheim } from './fotos'
import type { Naslag, Pakketstand } from './geheugen'
import type { Omgeving } from './omgeving'
import type { Geheim } from './regels'
import type { Wijziging } from './stand'

/** Longest shift with what comes after it: what arrived is kept no longer than this. */
const BEWAREN = 20 * 3_600_000

export async function load(om: Omgeving): Promise<void> {
  const { geheugen, kluis, db } = om
  const { houden } = daysToKeep(om.nu())
  geheugen.sessie = await kluis.get<Sessie>('sessie')
  for (const [sleutel, lijst] of await kluis.all<Checklist>('lijst')) geheugen.lijsten.set(sleutel, lijst)
  for (const [datum, stand] of await kluis.all<Pakketstand>('pakket')) {
    if (houden.has(datum)) geheugen.pakketten.set(datum, stand)
    else await kluis.delete(`pakket:${datum}`)
  }
  const verlopen: string[] = []
  await Promise.all((await db.gebeurtenissen.orderBy('volgnummer').toArray()).map((rij) => read(om, rij, verlopen)))
  await db.gebeurtenissen.bulkDelete(verlopen)
  for (const rij of await db.fotos.toArray()) {
    if (rij.stand === 'weg') continue
    const foto = await kluis.decrypt<Fotogeheim>(rij.id, rij.geheim)
    if (rij.stand === 'aangekomen' && om.nu() - Date.parse(foto.genomenOp) > BEWAREN) await db.fotos.delete(rij.id)
    else geheugen.fotos.set(rij.id, foto)
  }
  for (const [pad, naslag] of await kluis.all<Naslag>('naslag')) geheugen.naslag.set(pad, naslag)
  for (const [naam, concept] of await kluis.all<unknown>('concept')) geheugen.concepten.set(naam, concept)
  for (const [id, wijziging] of await kluis.all<Wijziging>('wijziging')) {
    if (geheugen.controle(id) !== null) geheugen.wijzigingen.set(id, wijziging)
    else await kluis.delete(`wijziging:${id}`)
  }
  geheugen.touch()
}

async function read(om: Omgeving, rij: Gebeurtenisrij, verlopen: string[]): Promise<void> {
  if (rij.geheim === undefined) return // recorded while locked: only the service can read it
  const geheim = await om.kluis.decrypt<Geheim>(rij.gebeurtenisId, rij.geheim)
  const oud = om.nu() - Date.parse(geheim.gebeurtenis.apparaatTijd) > BEWAREN
  if (rij.stand === 'aangekomen' && oud) verlopen.push(rij.gebeurtenisId)
  else om.geheugen.keep({ ...geheim, stand: rij.stand, onderweg: false })
}
