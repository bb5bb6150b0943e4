// What the screens know of the store, the lock and the sending: types only. `src/kern/index.ts` gives the functions and hooks.
//
// One rule holds everywhere: a tap becomes an event, the event is on the disk (sealed) before the screen shows it, and it stays
// there until the service answered for it with the same digest (docs/synchronisatie.md).

import type { Vorm } from '../api/client'

export type Werkpakket = Vorm<'WerkpakketRead'>
export type PakketControle = Vorm<'PakketControle'>
export type Sessie = Vorm<'SessieRead'>
export type Checklist = Vorm<'ChecklistRead'>

/** How the device stands. Only in 'open' can anything be read; in every state 'acuut' can be recorded and the outbox be sent. */
export type Slotstand = 'onbekend' | 'niet-aangemeld' | 'instellen' | 'vergrendeld' | 'open' | 'gewist'

/** Value of an answer as the protocol sends it; null takes it back. */
export type Waarde = string | number | boolean | string[] | null

/** `soort` and `inhoud` of docs/synchronisatie.md; the kernel adds id, device, sequence number, time and clock difference. */
export interface NieuweGebeurtenis {
  controleId: string
  soort: string
  inhoud: Record<string, unknown>
}

export interface Gebeurtenis extends NieuweGebeurtenis {
  gebeurtenisId: string
  apparaatId: string
  volgnummer: number
  apparaatTijd: string
  klokVerschil: number
}

/** The words that the screen shows for a record. */
export type Zendstand = 'opgeslagen op tablet' | 'onderweg' | 'aangekomen' | 'wacht op foto’s' | 'vraagt aandacht'

/** One record of the outbox; of what arrived and may not stay (vertrouwelijk) only this line is left. */
export interface Zending {
  gebeurtenisId: string
  controleId: string
  soort: string
  opgenomenOp: string
  stand: Zendstand
  fotosTeGaan: number
  reden: string | null
  oordelen: Vorm<'OordeelRead'>[]
}

export interface Foto {
  id: string
  controleId: string
  item: string
  genomenOp: string
  stand: Zendstand
  reden: string | null
}

/** All that is known on this tablet of one control. */
export interface Controlestand {
  controleId: string
  /** Of the work package; null for a control that was made here and is not in it. */
  pakket: PakketControle | null
  /** Made here, or widened after the package: address or point in words, object type. */
  hier: { objecttype: string; plek: string } | null
  antwoorden: Record<string, Waarde>
  /** Codes that were answered and whose value left the tablet on receipt (DAT-13). */
  beantwoordElders: ReadonlySet<string>
  filterredenen: Record<string, string>
  lijstversies: Record<string, number>
  gestartOp: string | null
  ingecheckt: ReadonlySet<string>
  /** RPT-02: only the time is kept; the list is closed for further questions. */
  sfeerovergangOp: string | null
  acuutOp: string | null
  /** "Wij zijn vertrokken": only after this may a score, the word "signaal" or red be shown (PLN-19). */
  vertrokkenOp: string | null
  keuze: string | null
  zendingen: Zending[]
  fotos: Foto[]
  /** Of the service, after departure. */
  uitkomst: Vorm<'UitkomstRead'> | null
}

/** The state of sending as a whole, for the line at the foot of every screen. */
export interface Zendbericht {
  online: boolean
  bezig: boolean
  wachtend: number
  fotosTeGaan: number
  vraagtAandacht: number
  laatstGelukt: string | null
  /** The disk is (nearly) full: said at once, in words. */
  schijfVol: boolean
  appBijwerken: boolean
}

/** What the kernel offers; every promise resolves only when the thing is on the disk. */
export interface Kern {
  start(): Promise<void>

  // lock
  useSlot(): { stand: Slotstand; sessie: Sessie | null; ontgrendelen: readonly ('sleutel' | 'pincode')[] }
  setUpWithKey(): Promise<void>
  setUpWithPin(pin: string): Promise<void>
  unlockWithKey(): Promise<void>
  unlockWithPin(pin: string): Promise<{ gelukt: boolean; pogingenOver: number | null }>
  lock(): void
  /** Delivers what can be delivered, then wipes all; answers what could not be sent so that the screen can ask again. */
  signOut(): Promise<{ nietVerstuurd: number }>

  // the day
  useWerkpakket(datum?: string): { pakket: Werkpakket | null; opgehaaldOp: string | null; ververs: () => Promise<void> }
  useControles(): Controlestand[]
  useControle(controleId: string): Controlestand | null
  useChecklists(versies: Record<string, number>): Checklist[] | null

  // recording
  record(gebeurtenis: NieuweGebeurtenis): Promise<Gebeurtenis>
  /** Undoes the last answer of this control by a new event; answers the codes that changed. */
  undo(controleId: string): Promise<string[]>
  addFoto(controleId: string, item: string, beeld: Blob): Promise<Foto>
  removeFoto(id: string): Promise<void>
  useFotobeeld(id: string): string | null
  newId(): string
  now(): string

  // sending
  useZendbericht(): Zendbericht
  useUitbak(): Zending[]
  sendNow(): Promise<void>
  /** A record that the service refuses stays, and can be exported as a file. */
  exportZending(gebeurtenisId: string): Promise<Blob>
}
