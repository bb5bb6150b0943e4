// Photos: bytes encrypted beside the outbox, sent by tus in pieces, let go only when the service says 'opgeslagen'.
//
// Not by a ready-made tus client: those keep what they need to go on in localStorage, in the clear, and read the file from a Blob. Here
// the id is ours, so that the announcement itself tells the offset, and the bytes are decrypted only while they are being sent.

import type { Foto } from './contract'
import { isUnreadable } from './fouten'
import { refusalWords } from './netwerk'
import type { Omgeving } from './omgeving'

const STUK = 512 * 1024
const ONLEESBAAR = 'De tablet kan deze foto niet meer lezen. Maak hem opnieuw als dat nog kan.'
const TUS = { 'Tus-Resumable': '1.0.0' }

export type Fotogeheim = Foto & { sha256: string }

/** The name under which the bytes of a photo are encrypted. */
export const bytesName = (id: string): string => `fotobytes:${id}`

/** Sends the photos that wait, oldest first. Answers whether one is being looked at by the service: ask again soon. */
export async function deliverPhotos(om: Omgeving): Promise<boolean> {
  let bezig = false
  for (const rij of await om.db.fotos.where('stand').equals('wacht').sortBy('id')) {
    const foto = om.geheugen.fotos.get(rij.id)
    if (foto !== undefined) bezig = (await deliver(om, foto)) || bezig
  }
  for (const rij of await om.db.fotos.where('stand').equals('weg').toArray()) await withdraw(om, rij.id)
  return bezig
}

async function deliver(om: Omgeving, foto: Fotogeheim): Promise<boolean> {
  const bytes = await read(om, foto)
  if (bytes === null) return false
  show(om, foto, 'onderweg', null)
  try {
    const woorden = await push(om, foto, bytes)
    if (woorden !== null) await keep(om, foto, woorden)
  } catch (fout) {
    show(om, foto, 'opgeslagen op tablet', null)
    throw fout
  } finally {
    bytes.fill(0)
  }
  return om.geheugen.fotos.get(foto.id)?.stand === 'onderweg' && (await conclude(om, foto))
}

/** The bytes; null when there are none to send. What the browser lost is said, and holds up no other photo. */
async function read(om: Omgeving, foto: Fotogeheim): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const opgeslagen = await om.db.fotobytes.get(foto.id)
    return opgeslagen === undefined ? null : await om.kluis.decryptBytes(bytesName(foto.id), opgeslagen.bytes)
  } catch (fout) {
    if (!isUnreadable(fout)) throw fout
    await keep(om, foto, ONLEESBAAR)
    return null
  }
}

/** Announce and send from where the service is; answers why it refuses, or null. */
async function push(om: Omgeving, foto: Fotogeheim, bytes: Uint8Array): Promise<string | null> {
  const { id, controleId, item, grond, sha256, genomenOp } = foto
  const plek = grond === undefined ? { controleId, item } : { vlagId: controleId, grond }
  const paren = Object.entries({ id, ...plek, sha256, genomenOp })
  const koppen = {
    ...TUS,
    'Upload-Length': String(bytes.length),
    'Upload-Metadata': paren.map(([naam, waarde]) => `${naam} ${btoa(waarde)}`).join(','),
  }
  const aangekondigd = await om.netwerk.ask('POST', '/v1/bijlagen', { koppen })
  if (aangekondigd.status === 401 || aangekondigd.status === 403) return null
  if (aangekondigd.status >= 400) return refusalWords(aangekondigd)
  let offset = readOffset(aangekondigd.koppen) ?? 0
  // A wrong offset is mended by the answer; a photo that goes on being refused waits for the next round.
  for (let mis = 0; offset < bytes.length && mis < 3; ) {
    const stuk = await om.netwerk.ask('PATCH', `/v1/bijlagen/${id}`, {
      bytes: bytes.subarray(offset, offset + STUK),
      koppen: { ...TUS, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) },
      wachttijd: 120_000,
    })
    const verder = readOffset(stuk.koppen)
    if (stuk.status >= 400 && stuk.status !== 409) return refusalWords(stuk)
    if (stuk.status === 409) mis += 1
    if (verder === null) return null
    offset = verder
  }
  return null
}

/** Whether the service still looks at it. */
async function conclude(om: Omgeving, foto: Fotogeheim): Promise<boolean> {
  const antwoord = await om.netwerk.ask('GET', `/v1/bijlagen/${foto.id}`)
  const bewijs = antwoord.inhoud as { status?: string; reden?: string | null } | null
  if (bewijs?.status === 'opgeslagen') {
    const rij = await om.kluis.encrypt(foto.id, { ...foto, stand: 'aangekomen', reden: null })
    await om.db.transaction('rw', om.db.fotos, om.db.fotobytes, async () => {
      await om.db.fotos.put({ id: foto.id, stand: 'aangekomen', geheim: rij })
      await om.db.fotobytes.delete(foto.id)
    })
    show(om, foto, 'aangekomen', null)
    return false
  }
  if (bewijs?.status === 'geweigerd') {
    await keep(om, foto, `De dienst neemt deze foto niet aan: ${bewijs.reden ?? 'onbekend'}.`)
    return false
  }
  if (bewijs?.status !== 'wordt gecontroleerd') show(om, foto, 'opgeslagen op tablet', null)
  return bewijs?.status === 'wordt gecontroleerd'
}

async function keep(om: Omgeving, foto: Fotogeheim, reden: string): Promise<void> {
  const geheim = await om.kluis.encrypt(foto.id, { ...foto, stand: 'vraagt aandacht', reden })
  await om.db.fotos.put({ id: foto.id, stand: 'blijft', geheim })
  show(om, foto, 'vraagt aandacht', reden)
}

async function withdraw(om: Omgeving, id: string): Promise<void> {
  const antwoord = await om.netwerk.ask('DELETE', `/v1/bijlagen/${id}`)
  if (antwoord.status < 400 || antwoord.status === 404) await om.db.fotos.delete(id)
}

function show(om: Omgeving, foto: Fotogeheim, stand: Foto['stand'], reden: string | null): void {
  if (!om.kluis.open) return
  om.geheugen.fotos.set(foto.id, { ...foto, stand, reden })
  om.geheugen.touch(foto.controleId)
}

function readOffset(koppen: Headers): number | null {
  const offset = Number.parseInt(koppen.get('Upload-Offset') ?? '', 10)
  return Number.isNaN(offset) ? null : offset
}
