// A second copy of what waits, outside IndexedDB: a browser can lose its store (decision 0026) and have this still. Sealed to the service, so that no
// key is needed to deliver it; photos have none, since they cannot go sealed (decision 0021).

import Dexie from 'dexie'
import { readBoek } from './boek'
import type { Database, Gebeurtenisrij } from './database'
import { isDiskFull } from './fouten'

const NAAM = 'veldwacht-afschrift'
const PAD = '/afschrift/'
const VOLGNUMMER = 'X-Volgnummer'

const idOf = ({ url }: Request): string => url.slice(url.lastIndexOf('/') + 1)

export class Afschrift {
  /** Ids of which there is a copy, as far as this tab knows. */
  #kopieen: Set<string> | null = null
  #bezig: Promise<void> | null = null
  #nogEens = false

  constructor(
    private readonly db: Database,
    private readonly caches: CacheStorage | undefined,
    private readonly onFault: (fout: unknown) => void,
  ) {}

  /** Copies one record, however many wait beside it. Like `follow` it never fails: the store is what counts. */
  async add(gebeurtenisId: string): Promise<void> {
    await this.#try(async (opslag) => {
      const rij = await this.db.gebeurtenissen.get(gebeurtenisId)
      if (rij !== undefined) await this.#put(opslag, rij)
    })
  }

  /** Brings the copy in step with the store: what arrived goes, what another tab recorded or what could not be sealed before comes. */
  follow(): Promise<void> {
    this.#nogEens = true
    this.#bezig ??= this.#rounds().finally(() => {
      this.#bezig = null
    })
    return this.#bezig
  }

  /** A store that was never used, and was not emptied on purpose, gets what is waiting here; for the start, before anything else is written. */
  async putBack(): Promise<void> {
    const { db, caches } = this
    if (caches === undefined) return
    if ((await readBoek(db, 'apparaatId')) !== undefined || (await readBoek(db, 'leeggemaakt')) !== undefined) return
    const opslag = await caches.open(NAAM)
    const rijen = await Promise.all(
      (await opslag.keys()).map(async (vraag): Promise<Gebeurtenisrij | null> => {
        const kopie = await opslag.match(vraag)
        if (kopie === undefined) return null
        const volgnummer = Number(kopie.headers.get(VOLGNUMMER))
        return { gebeurtenisId: idOf(vraag), volgnummer, stand: 'wacht', jwe: await kopie.text() }
      }),
    )
    await db.gebeurtenissen.bulkPut(rijen.filter((rij) => rij !== null))
  }

  async #rounds(): Promise<void> {
    while (this.#nogEens) {
      this.#nogEens = false
      await this.#try((opslag) => this.#step(opslag))
    }
  }

  async #try(werk: (opslag: Cache) => Promise<void>): Promise<void> {
    if (this.caches === undefined) return
    try {
      await werk(await this.caches.open(NAAM))
    } catch (fout) {
      // No room for a second copy, or the store was closed or emptied meanwhile: the next time will do.
      if (!isDiskFull(fout) && !(fout instanceof Dexie.DatabaseClosedError)) this.onFault(fout)
    }
  }

  async #step(opslag: Cache): Promise<void> {
    const { db } = this
    this.#kopieen ??= new Set((await opslag.keys()).map(idOf))
    const kopieen = this.#kopieen
    const nodig = new Set(await db.gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd', 'blijft']).primaryKeys())
    const nieuw = await db.gebeurtenissen.bulkGet([...nodig].filter((id) => !kopieen.has(id)))
    for (const rij of nieuw) if (rij !== undefined) await this.#put(opslag, rij)
    for (const id of kopieen) {
      if (nodig.has(id)) continue
      await opslag.delete(PAD + id)
      kopieen.delete(id)
    }
  }

  async #put(opslag: Cache, { gebeurtenisId, volgnummer, jwe }: Gebeurtenisrij): Promise<void> {
    if (jwe === undefined) return
    await opslag.put(PAD + gebeurtenisId, new Response(jwe, { headers: { [VOLGNUMMER]: String(volgnummer) } }))
    this.#kopieen?.add(gebeurtenisId)
  }
}
