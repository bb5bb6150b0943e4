// What the parts of the kernel share, and what they need of their surroundings.

import type { Afschrift } from './afschrift'
import type { Bron } from './bron'
import type { Slot as Slotbericht, Zendbericht } from './contract'
import type { Database } from './database'
import type { Geheugen } from './geheugen'
import type { Kluis } from './kluis'
import type { Fetch, Netwerk } from './netwerk'
import type { Zegel } from './opnemen'
import type { Sleutelhouder } from './sleutelhouder'
import type { Tabbladen } from './tabbladen'

export interface Omgeving {
  db: Database
  afschrift: Afschrift
  kluis: Kluis
  geheugen: Geheugen
  netwerk: Netwerk
  zegel: Zegel
  bericht: Bron<Zendbericht>
  slot: Bron<Slotbericht>
  nu: () => number
}

/** What the kernel needs of its surroundings; tests give their own. */
export interface Omstandigheden {
  naam: string
  fetch: Fetch
  houder: Sleutelhouder
  tabbladen: Tabbladen
  isOnline: () => boolean
  nu: () => number
  onFault: (fout: unknown) => void
  /** Where the second copy of what waits goes; none where the browser has no such place. */
  caches?: CacheStorage | undefined
  pinronden?: number
  openwachten?: readonly number[]
  random?: () => number
}
