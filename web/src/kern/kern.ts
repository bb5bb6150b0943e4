// The kernel as a whole: puts the parts together, and is what a screen asks of it: to record, to look, to fetch the day.

import { readZegel } from './aanmelding'
import { Afschrift } from './afschrift'
import { DRINGEND } from './bezorgen'
import { deviceId, writeBoek } from './boek'
import { Bron } from './bron'
import { dropDraft, keepDraft } from './concepten'
import type { Foto, Gebeurtenis, NieuweGebeurtenis } from './contract'
import { fetchNaslag, fetchPackage } from './dag'
import { type Database, openStore, renewLog } from './database'
import { dropPhoto, photosOfFlag, readImage, takePhoto } from './fotoopname'
import { Geheugen } from './geheugen'
import { Kluis } from './kluis'
import { Levensloop } from './levensloop'
import { tellWiped } from './melden'
import { Netwerk, quietly } from './netwerk'
import type { Omgeving, Omstandigheden } from './omgeving'
import { takeBack } from './ongedaan'
import { Opnemer } from './opnemen'
import { askPersistence, giveUpReserve, watchRoom } from './opslagruimte'
import { Pincode } from './pincode'
import { DICHT, RUSTIG } from './rustig'
import { Slot } from './slot'
import { countWaiting } from './tellen'
import { exportRecord } from './uitvoer'
import { NA_DE_TIK, Verzender } from './verzenden'
import { Wachter } from './wachter'

export class Kernel {
  readonly om: Omgeving
  readonly verzender: Verzender
  readonly wachter: Wachter
  /** Setting up, opening, locking, signing out, wiping. */
  readonly loop: Levensloop
  readonly #opnemer: Opnemer

  private constructor(
    private readonly buiten: Omstandigheden,
    db: Database,
    afschrift: Afschrift,
    apparaatId: string,
  ) {
    const kluis = new Kluis(db)
    const zegel = { sleutel: null, bewijs: null, klokVerschil: 0 }
    const geheugen = new Geheugen(apparaatId)
    const netwerk = new Netwerk(buiten.fetch, buiten.nu, (verschil) => this.#heard(verschil))
    this.om = {
      db,
      afschrift,
      kluis,
      geheugen,
      netwerk,
      zegel,
      nu: buiten.nu,
      bericht: new Bron(RUSTIG),
      slot: new Bron(DICHT),
    }
    const pincode = new Pincode(netwerk, () => geheugen.apparaatId, buiten.pinronden)
    this.#opnemer = new Opnemer(db, kluis, geheugen, zegel, buiten.nu, (vol) => this.#full(vol))
    const haken = {
      onRound: (wissen: boolean) => this.loop.obey(wissen),
      onOrder: () => this.loop.lock(),
      onOther: () => this.loop.other(),
      onFault: buiten.onFault,
    }
    this.verzender = new Verzender(this.om, haken, buiten.isOnline, buiten.random)
    this.wachter = new Wachter(buiten.nu, () => this.loop.lock())
    this.loop = new Levensloop(this.om, {
      slot: new Slot(db, kluis, buiten.houder, pincode),
      pincode,
      opnemer: this.#opnemer,
      verzender: this.verzender,
      wachter: this.wachter,
      houder: buiten.houder,
      tabbladen: buiten.tabbladen,
    })
  }

  /** @throws Fout 'opslag-dicht': nothing was read, and nothing is taken for empty */
  static async open(buiten: Omstandigheden): Promise<Kernel> {
    const db = await openStore(buiten.naam, buiten.openwachten)
    await renewLog(buiten.naam).catch(buiten.onFault)
    const afschrift = new Afschrift(db, buiten.caches, buiten.onFault)
    await afschrift.putBack()
    return new Kernel(buiten, db, afschrift, await deviceId(db))
  }

  /** Reads how the device stands and begins to send what waits, also while locked. What failed may be asked again. */
  async start(): Promise<void> {
    const { om } = this
    await readZegel(om)
    await countWaiting(om)
    await this.loop.begin()
    // None of these keeps anybody from working.
    const bijzaken = [watchRoom(om), askPersistence(), quietly(om.bericht, () => tellWiped(om))]
    for (const uitslag of await Promise.allSettled(bijzaken))
      if (uitslag.status === 'rejected') this.buiten.onFault(uitslag.reason)
  }

  /** Lets what is under way come to an end. */
  async close(): Promise<void> {
    this.wachter.stop()
    this.buiten.tabbladen.close()
    await this.verzender.end()
    await this.#opnemer.settled()
    this.om.db.close()
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
    await quietly(this.om.bericht, () => fetchPackage(this.om, datum))
  }

  async haalNaslag(pad: string): Promise<void> {
    if (this.om.kluis.open) await quietly(this.om.bericht, () => fetchNaslag(this.om, pad))
  }

  // inside

  #recorded(gebeurtenis: Gebeurtenis): Gebeurtenis {
    const { bericht } = this.om
    bericht.change({ wachtend: bericht.get().wachtend + 1 })
    this.buiten.tabbladen.tell('gewijzigd')
    setTimeout(() => void this.om.afschrift.add(gebeurtenis.gebeurtenisId), NA_DE_TIK)
    if (gebeurtenis.soort === 'antwoorden') this.verzender.pokeSoon()
    else this.verzender.poke(DRINGEND.has(gebeurtenis.soort))
    return gebeurtenis
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
