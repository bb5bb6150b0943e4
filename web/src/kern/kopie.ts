// Another tablet sends under our id: the profile was copied, or put back from a backup. From now on we count as a tablet of our own.

import { askProof } from './aanmelding'
import { readBoek, writeBoek } from './boek'
import { newId } from './kenmerk'
import { report } from './melden'
import type { Omgeving } from './omgeving'

/**
 * Takes an id of our own. Not while something waits: that arrives under the id that it was entered under, and the order comes again.
 *
 * The new proof is there before the old one goes, so that this tablet can record at every moment, also when it is locked.
 */
export async function takeNewId(om: Omgeving): Promise<void> {
  const { db, geheugen, zegel } = om
  if (zegel.sleutel === null || (await isWaiting(om))) return
  const oud = geheugen.apparaatId
  const nieuw = newId()
  if ((await report(om, nieuw)) === null) return
  const bewijs = await askProof(om, zegel.sleutel, nieuw)
  if (bewijs === null) return
  try {
    await db.transaction('rw', [db.boek, db.gebeurtenissen], async () => {
      if (await isWaiting(om)) return
      const sleutels = (await readBoek(db, 'slotsleutels')) ?? []
      // The half of the key of a PIN stays where it was made.
      const bij = sleutels.map((een) => (een.middel === 'pincode' ? { ...een, bij: een.bij ?? oud } : een))
      await writeBoek(db, 'slotsleutels', bij)
      await writeBoek(db, 'bewijsVerzegeld', bewijs)
      await writeBoek(db, 'apparaatId', nieuw)
      // In the same turn as the book. The numbers go on: what is here stays in the order in which it was entered.
      geheugen.apparaatId = nieuw
      zegel.bewijs = bewijs.jwe
    })
  } catch (fout) {
    geheugen.apparaatId = oud
    zegel.bewijs = (await readBoek(db, 'bewijsVerzegeld'))?.jwe ?? null
    throw fout
  }
}

const isWaiting = async ({ db }: Omgeving): Promise<boolean> =>
  (await db.gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd']).count()) > 0
