// Taking a photo and taking it back: the bytes and the answer that names them go to the disk together.

import { digest } from './canoniek'
import type { Foto, Fotogrond, Gebeurtenis, NieuweGebeurtenis } from './contract'
import type { Fotorij } from './database'
import { bytesName, type Fotogeheim } from './fotos'
import { Fout, isDiskFull } from './fouten'
import { newId } from './kenmerk'
import type { Omgeving } from './omgeving'
import type { Fotowijziging, Opnemer } from './opnemen'
import { localIso } from './tijd'

export async function takePhoto(
  om: Omgeving,
  opnemer: Opnemer,
  controleId: string,
  item: string,
  beeld: Blob,
): Promise<{ foto: Foto; gebeurtenis: Gebeurtenis }> {
  const { geheugen } = om
  const { foto, rij, dicht } = await close(om, { controleId, item }, beeld, 'wacht')
  const { id } = foto
  // Read when its turn comes: another photo of this question may still be on its way to the disk.
  const nieuw = () => answer(om, controleId, item, [...photosAt(om, controleId, item), id])
  geheugen.fotos.set(id, foto)
  try {
    const gebeurtenis = await opnemer.record(nieuw, { foto: true }, { rijen: [rij], bytes: [dicht] })
    geheugen.touch(controleId)
    return { foto, gebeurtenis }
  } catch (fout) {
    geheugen.fotos.delete(id)
    throw fout
  }
}

/** The image of a photo; null when it left the tablet. */
export async function readImage({ db, kluis }: Omgeving, id: string): Promise<Blob | null> {
  const rij = await db.fotobytes.get(id)
  if (rij === undefined) return null
  return new Blob([await kluis.decryptBytes(bytesName(id), rij.bytes)], { type: 'image/jpeg' })
}

/** With a flag that is not recorded yet: on the disk, and sent to nobody before the flag is. */
export async function takeFlagPhoto(om: Omgeving, vlagId: string, grond: Fotogrond, beeld: Blob): Promise<Foto> {
  const { foto, rij, dicht } = await close(om, { controleId: vlagId, item: '', grond }, beeld, 'concept')
  try {
    await om.db.transaction('rw', om.db.fotos, om.db.fotobytes, async () => {
      await om.db.fotos.put(rij)
      await om.db.fotobytes.put(dicht)
    })
  } catch (fout) {
    throw isDiskFull(fout) ? new Fout('schijf-vol', fout) : fout
  }
  om.geheugen.fotos.set(foto.id, foto)
  om.geheugen.touch()
  return foto
}

/** The photos of a flag that is recorded now: from this write on they wait to be sent. */
export async function photosOfFlag(om: Omgeving, vlagId: string | undefined): Promise<Fotowijziging | null> {
  if (vlagId === undefined) return null
  const ids = [...om.geheugen.fotos.values()].filter((foto) => foto.controleId === vlagId).map(({ id }) => id)
  const rijen = (await om.db.fotos.bulkGet(ids)).filter((rij) => rij?.stand === 'concept') as Fotorij[]
  return { rijen: rijen.map((rij) => ({ ...rij, stand: 'wacht' })), bytes: [] }
}

/** A photo as it goes to the disk, and as it stands in memory. */
async function close(
  om: Omgeving,
  plek: Pick<Foto, 'controleId' | 'item' | 'grond'>,
  beeld: Blob,
  stand: Fotorij['stand'],
): Promise<{ foto: Fotogeheim; rij: Fotorij; dicht: { id: string; bytes: Uint8Array } }> {
  const bytes = new Uint8Array(await beeld.arrayBuffer())
  const id = newId(om.nu())
  const foto: Fotogeheim = {
    id,
    ...plek,
    genomenOp: localIso(new Date(om.nu())),
    stand: 'opgeslagen op tablet',
    reden: null,
    sha256: await digest(bytes),
  }
  const rij = { id, stand, geheim: await om.kluis.encrypt(id, foto) }
  return { foto, rij, dicht: { id, bytes: await om.kluis.encryptBytes(bytesName(id), bytes) } }
}

/** Takes a photo back; answers the event that says so, or null where no answer names it. */
export async function dropPhoto(om: Omgeving, opnemer: Opnemer, id: string): Promise<Gebeurtenis | null> {
  const { db, kluis, geheugen } = om
  const foto = geheugen.fotos.get(id)
  if (foto === undefined) throw new Fout('niet-gevonden')
  const over = () => photosAt(om, foto.controleId, foto.item).filter((naam) => naam !== id)
  const gebeurtenis =
    foto.grond === undefined
      ? await opnemer.record(() => answer(om, foto.controleId, foto.item, over()), { foto: true })
      : null
  const geheim = await kluis.encrypt(id, null)
  await db.transaction('rw', db.fotos, db.fotobytes, async () => {
    // What was never sent needs no word to the service.
    if ((await db.fotos.get(id))?.stand === 'concept') await db.fotos.delete(id)
    else await db.fotos.put({ id, stand: 'weg', geheim })
    await db.fotobytes.delete(id)
  })
  geheugen.fotos.delete(id)
  geheugen.touch(foto.controleId)
  return gebeurtenis
}

function photosAt(om: Omgeving, controleId: string, item: string): string[] {
  const nu = om.geheugen.controle(controleId)?.antwoorden[item]
  return Array.isArray(nu) ? nu : []
}

function answer(om: Omgeving, controleId: string, item: string, ids: string[]): NieuweGebeurtenis {
  const lijstversies = om.geheugen.controle(controleId)?.lijstversies ?? {}
  const antwoorden = { [item]: ids.length > 0 ? ids : null }
  return { controleId, soort: 'antwoorden', inhoud: { lijstversies, antwoorden } }
}
