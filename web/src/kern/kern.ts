// The kernel as a whole: puts the parts together and says in which state the device is.

import { askSession, keepSession, readZegel } from './aanmelding'
import { DRINGEND } from './bezorgen'
import { deviceId, readBoek, type Wisbewijs, writeBoek } from './boek'
import { Bron } from './bron'
import { dropDraft, keepDraft } from './concepten'
import type { Foto, Gebeurtenis, NieuweGebeurtenis, Sessie, Slotstand } from './contract'
import { fetchNaslag, fetchPackage } from './dag'
import { type Database, openStore } from './database'
import { dropPhoto, photosOfFlag, readImage, takePhoto } from './fotoopname'
import { Fout } from './fouten'
import { Geheugen } from './geheugen'
import { Kluis } from './kluis'
import { forgetDelivered, load } from './laden'
import { tellWiped } from './melden'
import { GeenAntwoord, Later, Netwerk, SIGN_OUT } from './netwerk'
import type { Omgeving, Omstandigheden } from './omgeving'
import { takeBack } from './ongedaan'
import { Opnemer } from './opnemen'
import { askPersistence, giveUpReserve, watchRoom } from './opslagruimte'
import { Pincode } from './pincode'
import { DICHT, RUSTIG } from './rustig'
import { type Pinuitslag, Slot } from './slot'
import type { Bericht } from './tabbladen'
import { countUnsent, countWaiting, isDelivered } from './tellen'
import { exportRecord } from './uitvoer'
import { Verzender } from './verzenden'
import { Wachter } from './wachter'
import { dropUnreadable, wipe } from './wissen'

export class Kernel {
  readonly om: Omgeving
  readonly verzender: Verzender
  readonly wachter: Wachter
  readonly #slot: Slot
  readonly #opnemer: Opnemer
  readonly #pincode: Pincode
  /** Whether this is the tab that sends. */
  #leidt = false
  #begonnen = false
  #beurt: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly buiten: Omstandigheden,
    db: Database,
    apparaatId: string,
  ) {
    const kluis = new Kluis(db)
    const zegel = { sleutel: null, bewijs: null, klokVerschil: 0 }
    const geheugen = new Geheugen(apparaatId)
    const netwerk = new Netwerk(buiten.fetch, buiten.nu, (verschil) => this.#heard(verschil))
    this.om = {
      db,
      kluis,
      geheugen,
      netwerk,
      zegel,
      nu: buiten.nu,
      bericht: new Bron(RUSTIG),
      slot: new Bron(DICHT),
    }
    this.#pincode = new Pincode(netwerk, () => geheugen.apparaatId, buiten.pinronden)
    this.#slot = new Slot(db, kluis, buiten.houder, this.#pincode)
    this.#opnemer = new Opnemer(db, kluis, geheugen, zegel, buiten.nu, (vol) => this.#full(vol))
    const haken = {
      onRound: (wissen: boolean) => this.#obey(wissen),
      onOrder: this.lock,
      onOther: () => this.#other(),
      onFault: buiten.onFault,
    }
    this.verzender = new Verzender(this.om, haken, buiten.isOnline, buiten.random)
    this.wachter = new Wachter(buiten.nu, () => this.lock())
  }

  /** @throws Fout 'opslag-dicht': nothing was read, and nothing is taken for empty */
  static async open(buiten: Omstandigheden): Promise<Kernel> {
    const db = await openStore(buiten.naam, buiten.openwachten)
    return new Kernel(buiten, db, await deviceId(db))
  }

  /** Reads how the device stands and begins to send what waits, also while locked. What failed may be asked again. */
  async start(): Promise<void> {
    const { om } = this
    await readZegel(om)
    await countWaiting(om)
    // A sign-out that a kill broke off is brought to its end.
    if (await this.#inTurn(() => this.#finishSignOut())) om.geheugen.apparaatId = await deviceId(om.db)
    if (!(await this.#isSetUp())) await this.#notSetUp()
    if (!this.#begonnen) this.#joinTabs()
    this.#begonnen = true
    // None of these keeps anybody from working.
    const bijzaken = [watchRoom(om), askPersistence(), this.#quietly(() => tellWiped(om))]
    for (const uitslag of await Promise.allSettled(bijzaken))
      if (uitslag.status === 'rejected') this.buiten.onFault(uitslag.reason)
  }

  #joinTabs(): void {
    const { om, buiten } = this
    buiten.tabbladen.onTold((wat) => void this.#told(wat))
    buiten.tabbladen.lead(
      () => {
        om.bericht.change({ anderTabblad: false })
        this.#leidt = true
        this.verzender.start()
      },
      () => om.bericht.change({ anderTabblad: true }),
    )
  }

  /** Lets what is under way come to an end. */
  async close(): Promise<void> {
    this.wachter.stop()
    this.buiten.tabbladen.close()
    await this.verzender.end()
    await this.#opnemer.settled()
    this.om.db.close()
  }

  // lock

  async setUpWithKey(): Promise<void> {
    await this.#setUp(() => this.#slot.setUpWithKey())
  }

  async setUpWithPin(pin: string): Promise<void> {
    await this.#setUp(() => this.#slot.setUpWithPin(pin))
  }

  async unlockWithKey(): Promise<void> {
    await this.#slot.unlockWithKey()
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
    const uitslag = await this.#slot.unlockWithPin(pin)
    if (uitslag.gelukt) await this.#opened()
    return uitslag
  }

  /** Keys and everything readable leave the memory; what waits is sent on, sealed. */
  readonly lock = (): void => {
    if (!this.om.kluis.open) return
    this.wachter.stop()
    this.om.kluis.lock()
    this.om.geheugen.clear()
    this.om.slot.change({ stand: 'vergrendeld', sessie: null })
    this.verzender.poke()
  }

  /** The half of the key at the service is gone for good: only what is sealed to the service is worth keeping. */
  async beginAnew(): Promise<void> {
    const { om } = this
    this.lock()
    await this.#inTurn(() => dropUnreadable(om.db))
    om.zegel.bewijs = null
    this.buiten.tabbladen.tell('afgemeld')
    await this.#notSetUp()
    this.verzender.poke()
  }

  async signOut(toch: boolean): Promise<{ nietVerstuurd: number }> {
    const { om } = this
    await this.#opnemer.settled()
    await this.verzender.now()
    const nietVerstuurd = await countUnsent(om)
    if (nietVerstuurd > 0 && !toch) return { nietVerstuurd }
    // First: a browser that is killed after this goes on with it at its next start.
    await writeBoek(om.db, 'wisNaBezorging', true)
    if (nietVerstuurd === 0) await this.#quietly(() => this.#pincode.forget())
    await this.#quietly(() => om.netwerk.ask('POST', SIGN_OUT))
    om.slot.change({ aangemeld: false })
    if (nietVerstuurd === 0) await this.#inTurn(() => this.#wipe('niet-aangemeld'))
    else this.lock()
    return { nietVerstuurd }
  }

  // recording

  async record(nieuw: NieuweGebeurtenis): Promise<Gebeurtenis> {
    return this.#recorded(await this.#opnemer.record(nieuw, {}, await photosOfFlag(this.om, nieuw.gebeurtenisId)))
  }

  async undo(controleId: string): Promise<string[]> {
    await this.#opnemer.settled()
    const terug = takeBack(controleId, this.om.geheugen.events(controleId))
    if (terug === null) return []
    this.#recorded(await this.#opnemer.record(terug.nieuw, { ongedaanVan: terug.ongedaanVan }))
    return terug.codes
  }

  async addFoto(controleId: string, item: string, beeld: Blob): Promise<Foto> {
    const { foto, gebeurtenis } = await takePhoto(this.om, this.#opnemer, controleId, item, beeld)
    this.#recorded(gebeurtenis)
    return foto
  }

  async removeFoto(id: string): Promise<void> {
    const gebeurtenis = await dropPhoto(this.om, this.#opnemer, id)
    if (gebeurtenis !== null) this.#recorded(gebeurtenis)
    await countWaiting(this.om)
  }

  /** The image for a screen; null when it left the tablet. */
  readonly fotobeeld = (id: string): Promise<Blob | null> => readImage(this.om, id)

  readonly exportZending = (gebeurtenisId: string): Promise<Blob> => exportRecord(this.om, gebeurtenisId)

  readonly bewaarConcept = (naam: string, waarde: unknown): Promise<void> => keepDraft(this.om, naam, waarde)

  readonly wisConcept = (naam: string): Promise<void> => dropDraft(this.om, naam)

  // the day

  async ververs(datum: string): Promise<void> {
    await this.#quietly(() => fetchPackage(this.om, datum))
  }

  async haalNaslag(pad: string): Promise<void> {
    if (this.om.kluis.open) await this.#quietly(() => fetchNaslag(this.om, pad))
  }

  // inside

  #recorded(gebeurtenis: Gebeurtenis): Gebeurtenis {
    const { bericht } = this.om
    bericht.change({ wachtend: bericht.get().wachtend + 1 })
    this.buiten.tabbladen.tell('gewijzigd')
    if (gebeurtenis.soort === 'antwoorden') this.verzender.pokeSoon()
    else this.verzender.poke(DRINGEND.has(gebeurtenis.soort))
    return gebeurtenis
  }

  async #setUp(install: () => Promise<void>): Promise<void> {
    const { om } = this
    const sessie = await askSession(om)
    if (sessie === null) throw new Fout('niet-ingesteld')
    await this.buiten.tabbladen.byOne(() => this.#inTurn(() => this.#install(install, sessie)))
    await this.#opened()
    this.buiten.tabbladen.tell('gewijzigd')
  }

  async #install(install: () => Promise<void>, sessie: Sessie): Promise<void> {
    const { om } = this
    // Another key in its place would shut for good what the first one keeps.
    if (await this.#isSetUp()) throw new Fout('al-ingesteld')
    // After a wipe without a new start of the page: another device to the service, and one that sends.
    om.geheugen.apparaatId = await deviceId(om.db)
    if (this.#leidt) this.verzender.start()
    await install()
    await keepSession(om, sessie)
  }

  #opened(): Promise<void> {
    return this.#inTurn(() => this.#enter())
  }

  async #enter(): Promise<void> {
    const { om } = this
    if ((await this.#slot.means()).length === 0) {
      om.kluis.lock() // emptied while the key was being asked for
      throw new Fout('niet-ingesteld')
    }
    // Whoever opens it again has come back: nothing is taken away under his hands.
    await om.db.boek.delete('wisNaBezorging')
    await load(om)
    if (!om.kluis.open) throw new Fout('vergrendeld')
    om.slot.change({ stand: 'open', sessie: om.geheugen.sessie, ontgrendelen: await this.#slot.means() })
    this.wachter.start()
    this.verzender.refresh()
  }

  /** Whether there is something to open here; the screen to open it then. */
  async #isSetUp(): Promise<boolean> {
    const ontgrendelen = await this.#slot.means()
    if (ontgrendelen.length > 0) this.om.slot.change({ stand: 'vergrendeld', ontgrendelen })
    return ontgrendelen.length > 0
  }

  async #notSetUp(): Promise<void> {
    const { om, buiten } = this
    om.slot.change({ leeggemaakt: (await readBoek(om.db, 'leeggemaakt')) !== undefined })
    let sessie = null
    await this.#quietly(async () => {
      sessie = await askSession(om)
    })
    if (sessie === null) om.slot.change({ stand: 'niet-aangemeld', ontgrendelen: [] })
    else {
      const sleutel = await buiten.houder.can()
      om.slot.change({ stand: 'instellen', ontgrendelen: sleutel ? ['sleutel', 'pincode'] : ['pincode'] })
    }
  }

  /** Opening and emptying never run through each other: what is opened is whole, and what is emptied stays empty. */
  #inTurn<T>(werk: () => Promise<T>): Promise<T> {
    const klaar = this.#beurt.then(werk)
    this.#beurt = klaar.catch(() => undefined)
    return klaar
  }

  /** What needs network and is no harm when it fails now. */
  async #quietly(werk: () => Promise<unknown>): Promise<void> {
    try {
      await werk()
    } catch (fout) {
      if (!(fout instanceof GeenAntwoord) && !(fout instanceof Later)) throw fout
      this.om.bericht.change({ online: false })
    }
  }

  /** Ordered to wipe, or signed out with something left: what waits has just had its chance. */
  async #obey(wissen: boolean): Promise<void> {
    const { om } = this
    this.buiten.tabbladen.tell('gewijzigd')
    // What arrived made room, perhaps enough.
    if (om.bericht.get().schijfVol) await watchRoom(om)
    const { apparaatId } = om.geheugen
    const { bewijs } = om.zegel
    if (wissen) {
      await this.#quietly(() => this.#pincode.forget())
      await this.#inTurn(() => this.#wipe('gewist', { apparaatId, bewijs }))
      await this.#quietly(() => tellWiped(om))
      await this.#quietly(() => om.netwerk.ask('POST', SIGN_OUT))
    } else if (await this.#inTurn(() => this.#finishSignOut())) await this.#notSetUp()
  }

  /** Empties what was signed out of, once nothing of it waits and unless somebody came back; answers whether it did. */
  async #finishSignOut(): Promise<boolean> {
    const { om } = this
    const klaar = (await readBoek(om.db, 'wisNaBezorging')) === true && (await isDelivered(om))
    if (klaar) await this.#wipe('niet-aangemeld')
    return klaar
  }

  /** Somebody else signed in here: what the former user has not sent goes sealed, and nobody sees it any more. */
  async #other(): Promise<void> {
    await writeBoek(this.om.db, 'wisNaBezorging', true)
    this.lock()
  }

  async #wipe(stand: Slotstand, melden: Wisbewijs | null = null): Promise<void> {
    this.wachter.stop()
    this.verzender.stop()
    this.om.kluis.lock()
    this.om.geheugen.clear()
    await wipe(this.om.db, melden)
    this.#emptied(stand)
    this.om.bericht.set(RUSTIG)
    this.buiten.tabbladen.tell(stand === 'gewist' ? 'gewist' : 'afgemeld')
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
        this.verzender.poke()
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

  #heard(verschil: number): void {
    this.wachter.heard()
    const { zegel, db } = this.om
    if (zegel.klokVerschil === verschil) return
    zegel.klokVerschil = verschil
    void writeBoek(db, 'klokVerschil', verschil)
  }

  async #full(vol: boolean): Promise<boolean> {
    this.om.bericht.change({ schijfVol: vol })
    return giveUpReserve(this.om.db)
  }
}
