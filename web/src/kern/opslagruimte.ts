// Room on the disk: asked to be kept, watched, and a reserve that is given up first, so that a full disk never costs a tap.

import type { Database } from './database'
import { isDiskFull } from './fouten'
import type { Omgeving } from './omgeving'
import { randomBytes } from './versleuteling'

const RESERVE = 'reserve'
const RESERVE_STUKKEN = 32
const STUK = 65_536
/** Below this it is said before it hurts. */
const KRAP = 50 * 1024 * 1024

/** Asks the browser never to throw our store away by itself. */
export async function askPersistence(): Promise<void> {
  if (typeof navigator !== 'undefined') await navigator.storage?.persist?.()
}

async function isNearlyFull(): Promise<boolean> {
  if (typeof navigator === 'undefined' || navigator.storage?.estimate === undefined) return false
  const { quota, usage } = await navigator.storage.estimate()
  return quota !== undefined && usage !== undefined && quota - usage < KRAP
}

/** Whether it is there; never read, since a browser keeps something this big in a file beside its store and can lose that file alone. */
const hasReserve = async (db: Database): Promise<boolean> => (await db.boek.where('naam').equals(RESERVE).count()) > 0

/** Two megabytes of noise, to give up when the disk is full: room for thousands of taps. Answers whether it is there. */
export async function keepReserve(db: Database): Promise<boolean> {
  if (await hasReserve(db)) return true
  try {
    await db.boek.put({ naam: RESERVE, waarde: Array.from({ length: RESERVE_STUKKEN }, () => randomBytes(STUK)) })
    return true
  } catch (fout) {
    if (isDiskFull(fout)) return false
    throw fout
  }
}

/** Gives the reserve up; answers whether there was one. */
export async function giveUpReserve(db: Database): Promise<boolean> {
  const was = await hasReserve(db)
  if (was) await db.boek.delete(RESERVE)
  return was
}

/** Keeps the reserve, and says when there is no room for it or little room beside it. */
export async function watchRoom({ db, bericht }: Omgeving): Promise<void> {
  const reserve = await keepReserve(db)
  bericht.change({ schijfVol: !reserve || (await isNearlyFull()) })
}
