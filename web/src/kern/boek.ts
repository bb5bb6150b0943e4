// The bookkeeping beside the encrypted records, typed; nothing in it says anything about a place or a person.

import type { JWK } from 'jose'
import type { Database } from './database'
import { newId } from './kenmerk'

/** The data key, wrapped by what the disk does not hold. */
export type Slotsleutel =
  | { middel: 'sleutel'; credentialId: string; zout: Uint8Array; dicht: Uint8Array }
  | {
      middel: 'pincode'
      zout: Uint8Array
      ronden: number
      dicht: Uint8Array /** Id under which the service keeps its half, when that is not ours any more. */
      bij?: string
      /** Here the fifth wrong one was typed: no PIN opens it any more. */
      vernietigd?: true
    }

export interface Dienstsleutel {
  sleutelId: string
  jwk: JWK
  geldigTot: string
}

/** Which tablet was wiped, and the sealed proof that it is that one. */
export interface Wisbewijs {
  apparaatId: string
  bewijs: string | null
}

export interface Boek {
  apparaatId: string
  volgnummer: number
  klokVerschil: number
  /** Of the checklists that are here: told to the office, also while locked. */
  lijstversies: Record<string, number>
  slotsleutels: Slotsleutel[]
  dienstsleutel: Dienstsleutel
  /** The proof of delivery, sealed to the service: this tablet cannot read it back. */
  bewijsVerzegeld: { jwe: string; geldigTot: string }
  /** Signing out: wipe as soon as nothing waits. Who unlocks again has come back. */
  wisNaBezorging: boolean
  /** Emptied on purpose; with what the service must still be told: that its order was obeyed. */
  leeggemaakt: { melden: Wisbewijs | null }
}

export async function readBoek<Naam extends keyof Boek>(db: Database, naam: Naam): Promise<Boek[Naam] | undefined> {
  return (await db.boek.get(naam))?.waarde as Boek[Naam] | undefined
}

export async function writeBoek<Naam extends keyof Boek>(db: Database, naam: Naam, waarde: Boek[Naam]): Promise<void> {
  await db.boek.put({ naam, waarde })
}

/** One id per installation; made in a transaction, so that two tabs agree. */
export function deviceId(db: Database): Promise<string> {
  return db.transaction('rw', db.boek, async () => {
    const bekend = await readBoek(db, 'apparaatId')
    if (bekend !== undefined) return bekend
    const nieuw = newId()
    await writeBoek(db, 'apparaatId', nieuw)
    return nieuw
  })
}
