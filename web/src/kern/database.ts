// What stands on the disk: opaque ids, states and ciphertext. `strict`: a write is done when the disk has it, not when the browser has it.

import Dexie, { type Table } from 'dexie'
import { Fout } from './fouten'

/**
 * One event.
 * `wacht`: not (surely) at the service yet. `bezorgd`: delivered sealed, the receipt is still to be compared. `blijft`: the service
 * keeps it but it asks for attention, or refuses it. `aangekomen`: receipt compared; kept for the day as far as it may.
 */
export interface Gebeurtenisrij {
  gebeurtenisId: string
  volgnummer: number
  stand: 'wacht' | 'bezorgd' | 'blijft' | 'aangekomen'
  /** For the service only; absent when nothing was known to seal to, and after receipt. */
  jwe?: string
  /** For this tablet, under the data key; absent for what was recorded while locked. */
  geheim?: Uint8Array
}

/** `weg`: taken back here; the service must still hear it. `concept`: with a flag that is not recorded yet; sent to nobody. */
export interface Fotorij {
  id: string
  stand: 'concept' | 'wacht' | 'blijft' | 'aangekomen' | 'weg'
  geheim: Uint8Array
}

/** Bytes apart from their row, so that walking the rows reads no images. */
export interface Fotobytes {
  id: string
  bytes: Uint8Array
}

export interface Kluisrij {
  id: string
  geheim: Uint8Array
}

/** Bookkeeping that is no secret: device id, numbers, public keys, wrapped keys. */
export interface Boekregel {
  naam: string
  waarde: unknown
}

export class Database extends Dexie {
  declare gebeurtenissen: Table<Gebeurtenisrij, string>
  declare fotos: Table<Fotorij, string>
  declare fotobytes: Table<Fotobytes, string>
  declare kluis: Table<Kluisrij, string>
  declare boek: Table<Boekregel, string>

  constructor(naam: string) {
    super(naam, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      gebeurtenissen: 'gebeurtenisId, volgnummer, stand',
      fotos: 'id, stand',
      fotobytes: 'id',
      kluis: 'id',
      boek: 'naam',
    })
  }
}

/** Milliseconds between two tries: a browser that just came back from a crash can be busy with its own files. */
const WACHTEN = [200, 1000, 3000]

/**
 * Opens the store, and tries again when the browser cannot; what does not open is never taken for a store that is empty.
 * @throws Fout 'opslag-dicht'
 */
export async function openStore(naam: string, wachten: readonly number[] = WACHTEN): Promise<Database> {
  for (let poging = 0; ; poging++) {
    const db = new Database(naam)
    try {
      await db.open()
      return db
    } catch (fout) {
      db.close()
      const wacht = wachten[poging]
      if (wacht === undefined) throw new Fout('opslag-dicht', fout)
      await new Promise((klaar) => setTimeout(klaar, wacht))
    }
  }
}

const LANGSTE_WACHT = 1000

/**
 * Makes the browser go on in a new log; some milliseconds, before anything is written at a start.
 *
 * Chromium keeps IndexedDB in a LevelDB. A kill in the middle of a write leaves half a record at the end of its log. The next start writes on behind
 * it, and the one after that takes the whole log for broken and throws the store away, with all that was not sent. Deleting a database,
 * however small, makes it put the log aside, half record and all.
 */
export async function renewLog(naam: string): Promise<void> {
  const klein = new Dexie(`${naam}-logboek`)
  klein.version(1).stores({ niets: '' })
  const klaar = klein.open().then(() => klein.delete())
  // Another tab that does the same just now may keep it; no start waits for that.
  await Promise.race([klaar, new Promise((verder) => setTimeout(verder, LANGSTE_WACHT))])
}
