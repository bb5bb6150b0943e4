// Wiping: nothing of Veldwacht stays in this browser but the app itself.

import { readBoek, type Wisbewijs, writeBoek } from './boek'
import type { Database } from './database'

/** `melden`: what is left to tell the service, kept until it was told. */
export async function wipe(db: Database, melden: Wisbewijs | null = null): Promise<void> {
  await db.delete()
  // At once: a browser that is killed after this must not take it for a store that was lost.
  await db.open()
  await writeBoek(db, 'leeggemaakt', { melden })
  await emptyFolder()
  await emptyCaches()
  if (typeof localStorage !== 'undefined') localStorage.clear()
  if (typeof sessionStorage !== 'undefined') sessionStorage.clear()
}

/** Leaves what the service can still read: sealed copies, and the numbers that the next record goes on from. */
export async function dropUnreadable(db: Database): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    await db.gebeurtenissen.filter((rij) => rij.jwe === undefined).delete()
    await db.gebeurtenissen.toCollection().modify((rij) => {
      delete rij.geheim
      rij.stand = 'wacht'
    })
    for (const tabel of [db.fotos, db.fotobytes, db.kluis]) await tabel.clear()
    // The proof names who used the tablet: the next one gets a proof of his own.
    await db.boek.bulkDelete(['slotsleutels', 'bewijsVerzegeld', 'wisNaBezorging'])
    await writeBoek(db, 'leeggemaakt', (await readBoek(db, 'leeggemaakt')) ?? { melden: null })
  })
}

/** The app's own files hold nothing of anybody, and without them the tablet could not be used again without network. */
const isApp = (naam: string): boolean => naam.startsWith('workbox-precache')

/** One by one: a browser takes the files of a whole cache away when it suits it, those of an entry at once. */
async function emptyCaches(): Promise<void> {
  if (typeof caches === 'undefined') return
  for (const naam of (await caches.keys()).filter((een) => !isApp(een))) {
    const opslag = await caches.open(naam)
    for (const vraag of await opslag.keys()) await opslag.delete(vraag)
    await caches.delete(naam)
  }
}

async function emptyFolder(): Promise<void> {
  if (typeof navigator === 'undefined' || navigator.storage?.getDirectory === undefined) return
  const map = await navigator.storage.getDirectory()
  for await (const naam of (map as unknown as { keys(): AsyncIterable<string> }).keys()) {
    await map.removeEntry(naam, { recursive: true })
  }
}
