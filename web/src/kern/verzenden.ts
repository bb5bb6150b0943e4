// Sending by itself: whenever there is network, one round after the other, never giving up and never in the way of the screens.

import { AndereGebruiker, askSession, keepSession, renewZegel } from './aanmelding'
import { concludeReached } from './afhandelen'
import { deliverOpen, deliverSealed, NietAangemeld } from './bezorgen'
import { daysToKeep, fetchAnswered, fetchChanges, fetchPackage } from './dag'
import { deliverPhotos } from './fotos'
import { Fout } from './fouten'
import { takeNewId } from './kopie'
import { hearSealed, report } from './melden'
import { GeenAntwoord, Later } from './netwerk'
import type { Omgeving } from './omgeving'
import { countWaiting } from './tellen'
import { localIso } from './tijd'

const EERSTE_WACHT = 2
const LANGSTE_WACHT = 300
/** Between two rounds when nothing waits: to hear of changes and orders. */
const RUST = 120
const SPOEDIG = 3
/** After so many failures of the service itself: look whether one record is what the service stumbles over. */
const ZOEKEN_NA = 3
const PAKKET_VERS = 300_000
/** Milliseconds; long enough for a slow tablet to draw, too short for anybody to put it away. */
export const NA_DE_TIK = 100

export interface Haken {
  /** After each round that reached the service; `wissen` when it ordered to wipe. */
  onRound(wissen: boolean): Promise<void>
  /** Ordered to wipe while something could not be delivered: it goes when that is, until then nobody reads. */
  onOrder(): void
  /** Somebody else signed in on this tablet. */
  onOther(): Promise<void>
  /** What should not happen; sending goes on. */
  onFault(fout: unknown): void
}

export class Verzender {
  #bezig: Promise<void> | null = null
  #nogEens = false
  #dringend = false
  #mislukt = 0
  #gestruikeld = 0
  #klok: ReturnType<typeof setTimeout> | null = null
  #straks: ReturnType<typeof setTimeout> | null = null
  #nietEerder = 0
  #gestopt = true
  #dicht = new Set<string>()
  #nieuweKans = true
  #pakketGehaald = 0
  #heel = true

  constructor(
    private readonly om: Omgeving,
    private readonly hooks: Haken,
    private readonly isOnline: () => boolean,
    private readonly random: () => number = Math.random,
  ) {}

  /** Only one tab sends. */
  start(): void {
    this.#gestopt = false
    this.poke()
  }

  stop(): void {
    this.#gestopt = true
    this.#plan(null)
  }

  async end(): Promise<void> {
    this.stop()
    await this.#bezig
  }

  /** After unlocking: what asked for attention gets another chance, and all is looked at anew. */
  refresh(): void {
    this.#nieuweKans = true
    this.#heel = true
    this.#dicht.clear()
    this.#pakketGehaald = 0
    this.poke()
  }

  /** Something waits, or the network is back. The service's own wait is respected, but not by what tells of danger or is a signal. */
  poke(dringend = false): void {
    if (this.#gestopt) return
    this.#dringend ||= dringend
    const wacht = dringend ? 0 : this.#nietEerder - this.om.nu()
    if (wacht > 0) this.#plan(wacht / 1000)
    else void this.#start()
  }

  /** An answer in the list: the screen goes first, counting and sending begin when the tap has been answered. */
  pokeSoon(): void {
    this.#straks ??= setTimeout(() => {
      this.#straks = null
      this.poke()
    }, NA_DE_TIK)
  }

  /** Somebody asks: now, whatever was planned. Resolves when the round is over. */
  async now(): Promise<void> {
    if (this.#gestopt) return
    this.#nieuweKans = true
    this.#heel = true
    this.#dicht.clear()
    this.#pakketGehaald = 0
    await this.#start()
  }

  #start(): Promise<void> {
    this.#plan(null)
    if (this.#straks !== null) clearTimeout(this.#straks)
    this.#straks = null
    if (this.#bezig !== null) {
      this.#nogEens = true
      return this.#bezig
    }
    this.#bezig = this.#rounds()
    return this.#bezig
  }

  async #rounds(): Promise<void> {
    let wacht = LANGSTE_WACHT
    try {
      do {
        this.#nogEens = false
        this.#dringend = false
        wacht = await this.#round()
      } while (this.#isDueAgain())
    } finally {
      // Whatever went wrong, there is a next round. Nothing may come between the last look at #nogEens and this, or somebody would
      // wait for a round that is over.
      this.#bezig = null
      this.om.bericht.change({ bezig: false })
      this.#plan(wacht)
    }
  }

  #isDueAgain(): boolean {
    if (this.#gestopt) return false
    return this.#dringend || (this.#nogEens && this.#nietEerder <= this.om.nu())
  }

  /** One round; answers in how many seconds the next one is due. */
  async #round(): Promise<number> {
    const { om } = this
    if (!this.isOnline()) {
      om.bericht.change({ online: false })
      return LANGSTE_WACHT
    }
    om.bericht.change({ bezig: true })
    try {
      const { bezig, wissen } = await this.#deliver()
      this.#mislukt = 0
      this.#gestruikeld = 0
      await this.hooks.onRound(wissen)
      om.bericht.change({ online: true, laatstGelukt: localIso(new Date(om.nu())) })
      return bezig ? SPOEDIG : this.#jitter(RUST)
    } catch (fout) {
      if (fout instanceof AndereGebruiker) await this.hooks.onOther()
      else if (!isExpected(fout)) this.hooks.onFault(fout)
      om.bericht.change({ online: !(fout instanceof GeenAntwoord) })
      this.#mislukt += 1
      if (fout instanceof Later && fout.seconden === null) this.#gestruikeld += 1
      const eigen = Math.min(EERSTE_WACHT * 2 ** (this.#mislukt - 1), LANGSTE_WACHT)
      const gevraagd = fout instanceof Later ? fout.seconden : null
      if (gevraagd !== null) this.#nietEerder = om.nu() + gevraagd * 1000
      return gevraagd ?? this.#jitter(eigen)
    } finally {
      await countWaiting(om)
      await om.afschrift.follow()
    }
  }

  async #deliver(): Promise<{ bezig: boolean; wissen: boolean }> {
    const { om } = this
    let open = false
    let bezig = false
    try {
      open = om.kluis.open && (await this.#signedIn()) && (await this.#open())
      bezig = open && (await deliverPhotos(om))
      // All that is left when locked or signed out; otherwise what was recorded while locked, which can go no other way.
      await this.#sealed(open)
    } catch (fout) {
      await this.#hearAnyway(fout)
      throw fout
    }
    // What waited is delivered; the order comes before anything more is fetched to a tablet that may be lost.
    const bekend = open || (!om.kluis.open && (await askSession(om)) !== null)
    const order = bekend ? await report(om) : null
    const wissen = bekend ? order?.wissen === true : await hearSealed(om)
    if (!wissen && open && om.kluis.open) {
      if (order?.nieuwKenmerk) await takeNewId(om)
      if (await this.#lookBack()) await report(om)
    }
    return { bezig, wissen }
  }

  /** One record that cannot be delivered must not keep an order from being heard: it waits, but nobody reads on. */
  async #hearAnyway(fout: unknown): Promise<void> {
    const { om } = this
    const isWacht = fout instanceof GeenAntwoord || (fout instanceof Later && fout.seconden !== null)
    if (isWacht || fout instanceof AndereGebruiker) return
    const bekend = (await askSession(om)) !== null
    if (bekend ? (await report(om))?.wissen === true : await hearSealed(om)) this.hooks.onOrder()
  }

  /** Asked once; after that the service says so itself by a 401. As long as nothing can be sealed, again in each round. */
  async #signedIn(): Promise<boolean> {
    const { om } = this
    if (om.slot.get().aangemeld && !this.#heel && om.zegel.bewijs !== null) return true
    const sessie = await askSession(om)
    if (sessie === null || !om.kluis.open) return false
    await keepSession(om, sessie)
    await renewZegel(om)
    return true
  }

  /** Answers whether the service still knew us. */
  async #open(): Promise<boolean> {
    const { geheugen } = this.om
    const kans = this.#nieuweKans
    const teGaan = [...geheugen.regels.values()].filter(({ stand, notitie }) => {
      if (notitie.gestript) return false
      return stand === 'wacht' || stand === 'bezorgd' || (stand === 'blijft' && kans)
    })
    teGaan.sort((a, b) => a.gebeurtenis.volgnummer - b.gebeurtenis.volgnummer)
    try {
      await deliverOpen(this.om, teGaan, this.#gestruikeld >= ZOEKEN_NA)
    } catch (fout) {
      if (!(fout instanceof NietAangemeld)) throw fout
      this.om.slot.change({ aangemeld: false })
      return false
    }
    this.#nieuweKans = false
    return true
  }

  /** What can go open does, since only then the service says what became of it. */
  async #sealed(open: boolean): Promise<void> {
    const { om } = this
    const rijen = await om.db.gebeurtenissen.where('stand').anyOf(['wacht', 'bezorgd']).sortBy('volgnummer')
    const teGaan = rijen.filter((rij) => {
      if (rij.jwe === undefined || this.#dicht.has(rij.gebeurtenisId)) return false
      if (open) return rij.geheim === undefined
      return rij.stand === 'wacht' || om.kluis.open
    })
    for (const id of await deliverSealed(om, teGaan)) this.#dicht.add(id)
  }

  /** Answers whether the day was fetched anew, with what lists that brought. */
  async #lookBack(): Promise<boolean> {
    const { om } = this
    const halen = om.nu() - this.#pakketGehaald > PAKKET_VERS
    if (halen) {
      // Before the questions: who asks meanwhile may know of something newer, and has it fetched anew.
      this.#pakketGehaald = om.nu()
      try {
        for (const datum of daysToKeep(om.nu()).halen) await fetchPackage(om, datum)
      } catch (fout) {
        this.#pakketGehaald = 0
        throw fout
      }
    }
    await fetchChanges(om)
    await concludeReached(om)
    await fetchAnswered(om)
    this.#heel = false
    return halen
  }

  /** Spread, so that a hundred tablets that come back together do not knock together. */
  #jitter(seconden: number): number {
    return seconden * (0.75 + this.random() / 2)
  }

  #plan(seconden: number | null): void {
    if (this.#klok !== null) clearTimeout(this.#klok)
    this.#klok = seconden === null || this.#gestopt ? null : setTimeout(() => void this.#start(), seconden * 1000)
  }
}

/** No network, a wait, or the lock that fell in the middle of a round; anything else should be heard of. */
const isExpected = (fout: unknown): boolean =>
  fout instanceof GeenAntwoord || fout instanceof Later || (fout instanceof Fout && fout.code === 'vergrendeld')
