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
  /** null for what is about no control: acuut, belmoment, ronde, vlag, signaal, exploitantgesprek. */
  controleId: string | null
  soort: string
  inhoud: Record<string, unknown>
  /** Made before by `newId()`, when photos must name a flag that is still being filled in. */
  gebeurtenisId?: string
  /** For the screens of this tablet only, with 'controle-aangemaakt': type and place in words. Kept encrypted, never sent. */
  hier?: { objecttype: string; plek: string }
}

export interface Gebeurtenis extends Omit<NieuweGebeurtenis, 'hier' | 'gebeurtenisId'> {
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
  controleId: string | null
  soort: string
  opgenomenOp: string
  stand: Zendstand
  fotosTeGaan: number
  reden: string | null
  oordelen: Vorm<'OordeelRead'>[]
}

/** From where a photo with a flag was taken: never inside a dwelling without a ground to be there (REG-09, V5). */
export type Fotogrond = 'van-buiten' | 'toestemming' | 'machtiging' | 'gevaar'

export interface Foto {
  id: string
  /** The control, or with `grond` the flag. */
  controleId: string
  /** The question; empty with a flag. */
  item: string
  grond?: Fotogrond
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
  hier: { objecttype: string; plek: string; gemeentecode: string | null } | null
  antwoorden: Record<string, Waarde>
  /** Codes that were answered and whose value left the tablet on receipt (DAT-13). */
  beantwoordElders: ReadonlySet<string>
  /** Codes whose value comes from another tablet, and codes on which two tablets differ (the team leader chooses). */
  vanAndereTablet: ReadonlySet<string>
  verschilt: ReadonlySet<string>
  filterredenen: Record<string, string>
  lijstversies: Record<string, number>
  gestartOp: string | null
  ingecheckt: ReadonlySet<string>
  /** RPT-02: only the time is kept; the list is closed for further questions. */
  sfeerovergangOp: string | null
  acuutOp: string | null
  /** "Wij zijn vertrokken": only after this may a score, the word "signaal" or red be shown (PLN-19). */
  vertrokkenOp: string | null
  /** Nobody came in (PLN-15): recorded as an attempt, never a control. */
  pogingOp: string | null
  /** As the service last said; null when it said nothing yet. */
  status: string | null
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
  /** Veldwacht is open in another tab, and that one does the sending: say so, one tab is enough. */
  anderTabblad: boolean
}

export interface Slot {
  stand: Slotstand
  /** Who set this tablet up, also without network; null while locked. */
  sessie: Sessie | null
  /** Whether the service knows us at this moment; when not, the outbox goes sealed and a new sign-in is asked when it suits. */
  aangemeld: boolean
  /** When locked: with what it opens. When 'instellen': with what it can be set up here. */
  ontgrendelen: readonly Slotmiddel[]
  /** Nothing lies here because it was emptied on purpose: by signing out, by order, or to begin anew. */
  leeggemaakt: boolean
}

export type Slotmiddel = 'sleutel' | 'pincode'

/**
 * Why a PIN did not open: wrong; no network (its other half is at the service); not signed in; destroyed by the fifth wrong one, which
 * this tablet saw; no half for this account, which is either a colleague's or gone (the service tells nobody which); not for this account.
 */
export type Pinreden = 'onjuist' | 'geen-netwerk' | 'niet-aangemeld' | 'vernietigd' | 'geen-helft' | 'geweigerd'

/** A fault in words that can be shown as they are. */
export interface Kernfout extends Error {
  code:
    | 'schijf-vol'
    | 'vergrendeld'
    | 'niet-ingesteld'
    | 'al-ingesteld'
    | 'opslag-dicht'
    | 'geen-sleutel'
    | 'geen-netwerk'
    | 'niet-gevonden'
    | 'stuk'
}

/** What the kernel offers; every promise resolves only when the thing is on the disk. */
export interface Kern {
  /** Opens the store and begins; when that fails it may be called again. */
  start(): Promise<void>

  // lock
  useSlot(): Slot
  setUpWithKey(): Promise<void>
  setUpWithPin(pin: string): Promise<void>
  unlockWithKey(): Promise<void>
  unlockWithPin(pin: string): Promise<{ gelukt: boolean; pogingenOver: number | null; reden: Pinreden | null }>
  lock(): void
  /**
   * For when no PIN opens this tablet any more: what only that key could read goes (also photos that were not sent), what is sealed stays
   * and is delivered, and the tablet is set up anew.
   */
  beginAnew(): Promise<void>
  /**
   * Delivers what can be delivered, then ends the session and wipes all. When something could not be sent, nothing changes and its number
   * is the answer, so that the screen can ask; `toch` then signs out all the same: what waits stays, unreadable, and is still delivered.
   */
  signOut(toch?: boolean): Promise<{ nietVerstuurd: number }>

  // the day
  useWerkpakket(datum?: string): { pakket: Werkpakket | null; opgehaaldOp: string | null; ververs: () => Promise<void> }
  useControles(): Controlestand[]
  useControle(controleId: string): Controlestand | null
  useChecklists(versies: Record<string, number>): Checklist[] | null

  /** Other content for the day by its path below /v1 (areas, cards, shared lists): asked when there is network, kept encrypted. */
  useNaslag<T>(pad: string | null): { inhoud: T | null; opgehaaldOp: string | null }
  /** What somebody is filling in: kept at every tap, encrypted, until it is recorded or thrown away. */
  useConcept<T>(naam: string): {
    waarde: T | null
    gelezen: boolean
    bewaar: (waarde: T) => Promise<void>
    wis: () => Promise<void>
  }

  // recording
  record(gebeurtenis: NieuweGebeurtenis): Promise<Gebeurtenis>
  /** Undoes the last answer of this control by a new event; answers the codes that changed. */
  undo(controleId: string): Promise<string[]>
  /** Stores the bytes and records the answer that names the photo, together; `removeFoto` takes both back. */
  addFoto(controleId: string, item: string, beeld: Blob): Promise<Foto>
  removeFoto(id: string): Promise<void>
  /** A photo with a flag that is being filled in: it stays here until the event with that id is recorded, and goes after it. */
  addVlagfoto(vlagId: string, grond: Fotogrond, beeld: Blob): Promise<Foto>
  /** Photos that are not at the service yet, and those that it refused. */
  useFotos(): Foto[]
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
