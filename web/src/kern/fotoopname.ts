// Taking a photo and taking it back: the bytes and the answer that names them go to the disk together.

import { digest } from './canoniek'
import type { Foto, Gebeurtenis, NieuweGebeurtenis } from './contract'
import { bytesName, type Fotogeheim } from './fotos'
import { Fout } from './fouten'
import { newId } from './kenmerk'
import type { Omgeving } from './omgeving'
import type { Opnemer } from './opnemen'
import { localIso } from './tijd'

export async function takePhoto(
  om: Omgeving,
  opnemer: Opnemer,
  controleId: string,
  item: string,
  beeld: Blob,
): Promise<{ foto: Foto; gebeurtenis: Gebeurtenis }> {
  const { kluis, geheugen } = om
  const bytes = new Uint8Array(await beeld.arrayBuffer())
  const id = newId(om.nu())
  const foto: Fotogeheim = {
    id,
    controleId,
    item,
    genomenOp: localIso(new Date(om.nu())),
    stand: 'opgeslagen op tablet',
    reden: null,
    sha256: await digest(bytes),
  }
  const rij = { id, stand: 'wacht' as const, geheim: await kluis.encrypt(id, foto) }
  const dicht = { id, bytes: await kluis.encryptBytes(bytesName(id), bytes) }
  const nieuw = answer(om, controleId, item, [...photosAt(om, controleId, item), id])
  geheugen.fotos.set(id, foto)
  try {
    const gebeurtenis = await opnemer.record(nieuw, { foto: true }, { rij, bytes: dicht })
    geheugen.touch(controleId)
    return { foto, gebeurtenis }
  } catch (fout) {
    geheugen.fotos.delete(id)
    throw fout
  }
}

export async function dropPhoto(om: Omgeving, opnemer: Opnemer, id: string): Promise<Gebeurtenis> {
  const { db, kluis, geheugen } = om
  const foto = geheugen.fotos.get(id)
  if (foto === undefined) throw new Fout('niet-gevonden')
  const over = photosAt(om, foto.controleId, foto.item).filter((naam) => naam !== id)
  const gebeurtenis = await opnemer.record(answer(om, foto.controleId, foto.item, over), { foto: true })
  const geheim = await kluis.encrypt(id, null)
  await db.transaction('rw', db.fotos, db.fotobytes, async () => {
    await db.fotos.put({ id, stand: 'weg', geheim })
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
