// Who is signed in, and what we need of the service while we are: the CSRF token, the key to seal to, the proof of delivery.

import { keepCsrf } from '../api/client'
import { type Boek, type Dienstsleutel, readBoek, writeBoek } from './boek'
import type { Sessie } from './contract'
import type { Omgeving } from './omgeving'
import { seal } from './verzegeling'

const DAG = 86_400_000
/** Renewed when this much is left, so that a tablet that stays away for days can still deliver. */
const RUIM = 7 * DAG

/** Another account signed in than the one that this tablet was set up for. */
export class AndereGebruiker extends Error {}

/** Asks the service who we are; null when it does not know us. */
export async function askSession(om: Omgeving): Promise<Sessie | null> {
  const antwoord = await om.netwerk.ask('GET', '/v1/sessie')
  if (antwoord.status !== 200) {
    keepCsrf('')
    om.slot.change({ aangemeld: false })
    return null
  }
  const sessie = antwoord.inhoud as Sessie
  keepCsrf(sessie.csrf ?? '')
  om.slot.change({ aangemeld: true })
  return sessie
}

/** Keeps the session for use without network, without its token. Throws when it is somebody else's. */
export async function keepSession(om: Omgeving, sessie: Sessie): Promise<void> {
  const oud = om.geheugen.sessie
  if (oud !== null && oud.accountId !== sessie.accountId) throw new AndereGebruiker('another account')
  const zonder = { ...sessie, csrf: null }
  if (JSON.stringify(oud) === JSON.stringify(zonder)) return
  await om.kluis.put('sessie', zonder)
  om.geheugen.sessie = zonder
  om.geheugen.touch()
  om.slot.change({ sessie: zonder })
}

/** Reads what was kept to seal with; while locked the proof is the one that only the service can read. */
export async function readZegel(om: Omgeving): Promise<void> {
  om.zegel.sleutel = (await readBoek(om.db, 'dienstsleutel')) ?? null
  om.zegel.klokVerschil = (await readBoek(om.db, 'klokVerschil')) ?? 0
  om.zegel.bewijs = (await readBoek(om.db, 'bewijsVerzegeld'))?.jwe ?? null
}

/** Fetches key and proof when they are missing or near their end; then seals what could not be sealed before. */
export async function renewZegel(om: Omgeving): Promise<void> {
  const bekend = await readBoek(om.db, 'dienstsleutel')
  if (bekend === undefined || Date.parse(bekend.geldigTot) - om.nu() < RUIM) {
    const antwoord = await om.netwerk.ask('GET', '/v1/synchronisaties/sleutel')
    if (antwoord.status === 200) {
      const nieuw = antwoord.inhoud as Dienstsleutel
      await writeBoek(om.db, 'dienstsleutel', {
        sleutelId: nieuw.sleutelId,
        jwk: nieuw.jwk,
        geldigTot: nieuw.geldigTot,
      })
    }
  }
  const bewijs = await readBoek(om.db, 'bewijsVerzegeld')
  const sleutel = await readBoek(om.db, 'dienstsleutel')
  if (sleutel !== undefined && (bewijs === undefined || Date.parse(bewijs.geldigTot) - om.nu() < RUIM)) {
    const nieuw = await askProof(om, sleutel, om.geheugen.apparaatId)
    if (nieuw !== null) await writeBoek(om.db, 'bewijsVerzegeld', nieuw)
  }
  await readZegel(om)
  await sealMissing(om)
}

/** The proof of delivery of an id, as it may lie on the disk; null when the service gives none. */
export async function askProof(
  om: Omgeving,
  sleutel: Dienstsleutel,
  apparaatId: string,
): Promise<Boek['bewijsVerzegeld'] | null> {
  const antwoord = await om.netwerk.ask('POST', `/v1/apparaten/${apparaatId}/_bezorgbewijs`)
  if (antwoord.status !== 200 && antwoord.status !== 201) return null
  const { bezorgbewijs, geldigTot } = antwoord.inhoud as { bezorgbewijs: string; geldigTot: string }
  // Sealed at once: a proof that could be read here would say who uses this tablet.
  return { jwe: await seal(sleutel, { bezorgbewijs }), geldigTot }
}

async function sealMissing(om: Omgeving): Promise<void> {
  const { sleutel, bewijs } = om.zegel
  if (sleutel === null || bewijs === null) return
  for (const rij of await om.db.gebeurtenissen.where('stand').equals('wacht').toArray()) {
    const regel = om.geheugen.regels.get(rij.gebeurtenisId)
    if (rij.jwe !== undefined || regel === undefined) continue
    const jwe = await seal(sleutel, { bezorgbewijs: bewijs, gebeurtenis: regel.gebeurtenis })
    await om.db.gebeurtenissen.update(rij.gebeurtenisId, { jwe })
  }
}
