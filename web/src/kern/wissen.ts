// Wiping: nothing of Veldwacht stays in this browser but the app itself.

import type { Database } from './database'

export async function wipe(db: Database): Promise<void> {
  await db.delete()
  await emptyFolder()
  if (typeof caches !== 'undefined') for (const naam of await caches.keys()) if (!isApp(naam)) await caches.delete(naam)
  if (typeof localStorage !== 'undefined') localStorage.clear()
  if (typeof sessionStorage !== 'undefined') sessionStorage.clear()
  await db.open()
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
  })
}

/** The app's own files hold nothing of anybody, and without them the tablet could not be used again without network. */
const isApp = (naam: string): boolean => naam.startsWith('workbox-precache')

async function emptyFolder(): Promise<void> {
  if (typeof navigator === 'undefined' || navigator.storage?.getDirectory === undefined) return
  const map = await navigator.storage.getDirectory()
  for await (const naam of (map as unknown as { keys(): AsyncIterable<string> }).keys()) {
    await map.removeEntry(naam, { recursive: true })
  }
}
