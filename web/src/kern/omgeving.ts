// What the parts of the kernel share.

import type { Bron } from './bron'
import type { Slot as Slotbericht, Zendbericht } from './contract'
import type { Database } from './database'
import type { Geheugen } from './geheugen'
import type { Kluis } from './kluis'
import type { Netwerk } from './netwerk'
import type { Zegel } from './opnemen'

export interface Omgeving {
  db: Database
  kluis: Kluis
  geheugen: Geheugen
  netwerk: Netwerk
  zegel: Zegel
  bericht: Bron<Zendbericht>
  slot: Bron<Slotbericht>
  nu: () => number
}
