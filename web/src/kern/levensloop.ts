// The life of what lies on this tablet: set up, opened, locked, signed out of, wiped. Says at each step in which state the device is.

import { askSession, keepSession, readZegel, renewZegel } from './aanmelding'
import { deviceId, readBoek, type Wisbewijs, writeBoek } from './boek'
import type { Sessie, Slotstand } from './contract'
import { Fout } from './fouten'
import { forgetDelivered, load } from './laden'
import { tellWiped } from './melden'
import { GeenAntwoord, Later, quietly, SIGN_OUT } from './netwerk'
import type { Omgeving } from './omgeving'
import type { Opnemer } from './opnemen'
import { watchRoom } from './opslagruimte'
import type { Pincode } from './pincode'
import { DICHT, RUSTIG } from './rustig'
import type { Sleutelhouder } from './sleutelhouder'
import type { Pinuitslag, Slot } from './slot'
import type { Bericht, Tabbladen } from './tabbladen'
import { countUnsent, countWaiting, isDelivered } from './tellen'
import type { Verzender } from './verzenden'
import type { Wachter } from './wachter'
import { dropUnreadable, wipe } from './wissen'

/** What it works with besides what all share. */
export interface Delen {
  slot: Slot
  pincode: Pincode
  opnemer: Opnemer
  verzender: Verzender
  wachter: Wachter
  houder: Sleutelhouder
  tabbladen: Tabbladen
}

export class Levensloop {
  /** Whether this is the tab that sends. */
  #leidt = false
  #begonnen = false
  #beurt: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly om: Omgeving,
    private readonly delen: Delen,
  ) {}

  /** Reads how the device stands. What failed may be asked again. */
  async begin(): Promise<void> {
    const { om } = this
    // A sign-out that a kill broke off is brought to its end.
    if (await this.#inTurn(() => this.#finishSignOut())) om.geheugen.apparaatId = await deviceId(om.db)
    if (!(await this.#isSetUp())) await this.#notSetUp()
    if (!this.#begonnen) this.#joinTabs()
    this.#begonnen = true
  }

  #joinTabs(): void {
    const { om, delen } = this
    delen.tabbladen.onTold((wat) => void this.#told(wat))
    delen.tabbladen.lead(
      () => {
        om.bericht.change({ anderTabblad: false })
        this.#leidt = true
        delen.verzender.start()
      },
      () => om.bericht.change({ anderTabblad: true }),
    )
  }

  // set up and open

  async setUpWithKey(): Promise<void> {
    await this.#setUp(() => this.delen.slot.setUpWithKey())
  }

  async setUpWithPin(pin: string): Promise<void> {
    await this.#setUp(() => this.delen.slot.setUpWithPin(pin))
  }

  async unlockWithKey(): Promise<void> {
    await this.delen.slot.unlockWithKey()
    await this.#opened()
  }

  async unlockWithPin(pin: string): Promise<Pinuitslag> {
    try {
      await askSession(this.om) // its token goes with the question for the other half
    } catch (fout) {
      if (fout instanceof GeenAntwoord || fout instanceof Later)
        return { gelukt: false, pogingenOver: null, reden: 'geen-netwerk' }
      throw fout
    }
    const uitslag = await this.delen.slot.unlockWithPin(pin)
    if (uitslag.gelukt) await this.#opened()
    return uitslag
  }

  /** Keys and everything readable leave the memory; what waits is sent on, sealed. */
  readonly lock = (): void => {
    if (!this.om.kluis.open) return
    this.delen.wachter.stop()
    this.om.kluis.lock()
    this.om.geheugen.clear()
    this.om.slot.change({ stand: 'vergrendeld', sessie: null })
    this.delen.verzender.poke()
  }

  /** The half of the key at the service is gone for good: only what is sealed to the service is worth keeping. */
  async beginAnew(): Promise<void> {
    const { om } = this
    this.lock()
    await this.#inTurn(() => dropUnreadable(om.db))
    om.zegel.bewijs = null
    this.delen.tabbladen.tell('afgemeld')
    await this.#notSetUp()
    this.delen.verzender.poke()
  }

  async signOut(toch: boolean): Promise<{ nietVerstuurd: number }> {
    const { om } = this
    await this.delen.opnemer.settled()
    await this.delen.verzender.now()
    const nietVerstuurd = await countUnsent(om)
    if (nietVerstuurd > 0 && !toch) return { nietVerstuurd }
    // First: a browser that is killed after this goes on with it at its next start.
    await writeBoek(om.db, 'wisNaBezorging', true)
    if (nietVerstuurd === 0) await quietly(om.bericht, () => this.delen.pincode.forget())
    await quietly(om.bericht, () => om.netwerk.ask('POST', SIGN_OUT))
    om.slot.change({ aangemeld: false })
    if (nietVerstuurd === 0) await this.#inTurn(() => this.#wipe('niet-aangemeld'))
    else this.lock()
    return { nietVerstuurd }
  }

  // what a round of sending finds

  /** Ordered to wipe, or signed out with something left: what waits has just had its chance. */
  async obey(wissen: boolean): Promise<void> {
    const { om } = this
    this.delen.tabbladen.tell('gewijzigd')
    // What arrived made room, perhaps enough.
    if (om.bericht.get().schijfVol) await watchRoom(om)
    const { apparaatId } = om.geheugen
    const { bewijs } = om.zegel
    if (wissen) {
      await quietly(om.bericht, () => this.delen.pincode.forget())
      await this.#inTurn(() => this.#wipe('gewist', { apparaatId, bewijs }))
      await quietly(om.bericht, () => tellWiped(om))
      await quietly(om.bericht, () => om.netwerk.ask('POST', SIGN_OUT))
    } else if (await this.#inTurn(() => this.#finishSignOut())) await this.#notSetUp()
  }

  /** Somebody else signed in here: what the former user has not sent goes sealed, and nobody sees it any more. */
  async other(): Promise<void> {
    await writeBoek(this.om.db, 'wisNaBezorging', true)
    this.lock()
  }

  // inside

  async #setUp(install: () => Promise<void>): Promise<void> {
    const { om } = this
    const sessie = await askSession(om)
    if (sessie === null) throw new Fout('niet-ingesteld')
    await this.delen.tabbladen.byOne(() => this.#inTurn(() => this.#install(install, sessie)))
    await this.#opened()
    this.delen.tabbladen.tell('gewijzigd')
  }

  async #install(install: () => Promise<void>, sessie: Sessie): Promise<void> {
    const { om } = this
    // Another key in its place would shut for good what the first one keeps.
    if (await this.#isSetUp()) throw new Fout('al-ingesteld')
    // After a wipe without a new start of the page: another device to the service, and one that sends.
    om.geheugen.apparaatId = await deviceId(om.db)
    if (this.#leidt) this.delen.verzender.start()
    await install()
    await keepSession(om, sessie)
    // Whoever goes inside right away can record while locked, and that and an order to wipe arrive.
    await quietly(om.bericht, () => renewZegel(om))
  }

  #opened(): Promise<void> {
    return this.#inTurn(() => this.#enter())
  }

  async #enter(): Promise<void> {
    const { om } = this
    if ((await this.delen.slot.means()).length === 0) {
      om.kluis.lock() // emptied while the key was being asked for
      throw new Fout('niet-ingesteld')
    }
    // Whoever opens it again has come back: nothing is taken away under his hands.
    await om.db.boek.delete('wisNaBezorging')
    await load(om)
    if (!om.kluis.open) throw new Fout('vergrendeld')
    om.slot.change({ stand: 'open', sessie: om.geheugen.sessie, ontgrendelen: await this.delen.slot.means() })
    this.delen.wachter.start()
    this.delen.verzender.refresh()
  }

  /** Whether there is something to open here; the screen to open it then. */
  async #isSetUp(): Promise<boolean> {
    const ontgrendelen = await this.delen.slot.means()
    if (ontgrendelen.length > 0) this.om.slot.change({ stand: 'vergrendeld', ontgrendelen })
    return ontgrendelen.length > 0
  }

  async #notSetUp(): Promise<void> {
    const { om, delen } = this
    om.slot.change({ leeggemaakt: (await readBoek(om.db, 'leeggemaakt')) !== undefined })
    let sessie = null
    await quietly(om.bericht, async () => {
      sessie = await askSession(om)
    })
    if (sessie === null) om.slot.change({ stand: 'niet-aangemeld', ontgrendelen: [] })
    else {
      const sleutel = await delen.houder.can()
      om.slot.change({ stand: 'instellen', ontgrendelen: sleutel ? ['sleutel', 'pincode'] : ['pincode'] })
    }
  }

  /** Opening and emptying never run through each other: what is opened is whole, and what is emptied stays empty. */
  #inTurn<T>(werk: () => Promise<T>): Promise<T> {
    const klaar = this.#beurt.then(werk)
    this.#beurt = klaar.catch(() => undefined)
    return klaar
  }

  /** Empties what was signed out of, once nothing of it waits and unless somebody came back; answers whether it did. */
  async #finishSignOut(): Promise<boolean> {
    const { om } = this
    const klaar = (await readBoek(om.db, 'wisNaBezorging')) === true && (await isDelivered(om))
    if (klaar) await this.#wipe('niet-aangemeld')
    return klaar
  }

  async #wipe(stand: Slotstand, melden: Wisbewijs | null = null): Promise<void> {
    this.delen.wachter.stop()
    this.delen.verzender.stop()
    this.om.kluis.lock()
    this.om.geheugen.clear()
    await wipe(this.om.db, melden)
    this.#emptied(stand)
    this.om.bericht.set(RUSTIG)
    this.delen.tabbladen.tell(stand === 'gewist' ? 'gewist' : 'afgemeld')
  }

  async #told(wat: Bericht): Promise<void> {
    if (wat !== 'gewijzigd') {
      this.om.kluis.lock()
      await this.#inTurn(async () => this.#emptied(wat === 'gewist' ? 'gewist' : 'niet-aangemeld'))
    } else {
      this.om.geheugen.apparaatId = await deviceId(this.om.db)
      await readZegel(this.om)
      if (this.om.kluis.open) {
        await load(this.om)
        await forgetDelivered(this.om)
        this.delen.verzender.poke()
      } else await this.#isSetUp()
    }
    await countWaiting(this.om)
  }

  #emptied(stand: Slotstand): void {
    this.om.kluis.lock()
    this.om.geheugen.clear()
    this.om.zegel.sleutel = null
    this.om.zegel.bewijs = null
    this.om.slot.set({ ...DICHT, stand, leeggemaakt: true })
  }
}
