// Recording: one tap, one event, on the disk before anybody says that it is stored.

import { type Boek, readBoek } from './boek'
import type { Gebeurtenis, NieuweGebeurtenis } from './contract'
import type { Database, Fotobytes, Fotorij, Gebeurtenisrij } from './database'
import { Fout, isDiskFull } from './fouten'
import type { Geheugen } from './geheugen'
import { newId } from './kenmerk'
import type { Kluis } from './kluis'
import type { Geheim, Notitie } from './regels'
import { localIso } from './tijd'
import { seal } from './verzegeling'

/** What changes of photos in the same write. */
export interface Fotowijziging {
  rijen: Fotorij[]
  bytes: Fotobytes[]
}

/** With what an event is sealed; read anew when it changed. */
export interface Zegel {
  sleutel: Boek['dienstsleutel'] | null
  bewijs: string | null
  klokVerschil: number
}

export class Opnemer {
  #rij: Promise<unknown> = Promise.resolve()
  #laatste: number | null = null

  constructor(
    private readonly db: Database,
    private readonly kluis: Kluis,
    private readonly geheugen: Geheugen,
    private readonly zegel: Zegel,
    private readonly nu: () => number,
    private readonly onFull: (vol: boolean) => Promise<boolean>,
  ) {}

  /**
   * Records one after the other: the sequence of the device has no gap and no double, also with a second tab. What builds on the state as
   * it is then, such as one more photo in a list, is given as a function.
   */
  record(
    nieuw: NieuweGebeurtenis | (() => NieuweGebeurtenis),
    notitie: Notitie = {},
    foto: Fotowijziging | null = null,
  ): Promise<Gebeurtenis> {
    const moment = new Date(this.nu())
    const klaar = this.#rij.then(() =>
      this.#write(typeof nieuw === 'function' ? nieuw() : nieuw, moment, notitie, foto),
    )
    this.#rij = klaar.catch(() => undefined)
    return klaar
  }

  /** When all that was asked before this is on the disk. */
  async settled(): Promise<void> {
    await this.#rij
  }

  async #write(
    nieuw: NieuweGebeurtenis,
    moment: Date,
    notitie: Notitie,
    foto: Fotowijziging | null,
  ): Promise<Gebeurtenis> {
    const gebeurtenisId = nieuw.gebeurtenisId ?? newId(moment.getTime())
    for (;;) {
      const vorig = this.#laatste ?? (await readBoek(this.db, 'volgnummer')) ?? 0
      const gebeurtenis: Gebeurtenis = {
        gebeurtenisId,
        controleId: nieuw.controleId,
        soort: nieuw.soort,
        inhoud: nieuw.inhoud,
        apparaatId: this.geheugen.apparaatId,
        volgnummer: vorig + 1,
        apparaatTijd: localIso(moment),
        klokVerschil: this.zegel.klokVerschil,
      }
      const geheim: Geheim = {
        gebeurtenis,
        notitie: nieuw.hier === undefined ? notitie : { ...notitie, hier: nieuw.hier },
      }
      const rij = await this.#close(geheim)
      const gelukt = await this.#store(rij, vorig, foto)
      this.#laatste = gelukt ? gebeurtenis.volgnummer : null
      if (!gelukt) continue // another tab took this number in between
      if (this.kluis.open) this.geheugen.keep({ ...geheim, stand: 'wacht', onderweg: false })
      return gebeurtenis
    }
  }

  async #close(geheim: Geheim): Promise<Gebeurtenisrij> {
    const { gebeurtenisId, volgnummer } = geheim.gebeurtenis
    const { sleutel, bewijs } = this.zegel
    const verzegelbaar = sleutel !== null && bewijs !== null
    if (!this.kluis.open && !verzegelbaar) throw new Fout('niet-ingesteld')
    const [dicht, jwe] = await Promise.all([
      this.kluis.open ? this.kluis.encrypt(gebeurtenisId, geheim) : undefined,
      verzegelbaar ? seal(sleutel, { bezorgbewijs: bewijs, gebeurtenis: geheim.gebeurtenis }) : undefined,
    ])
    return { gebeurtenisId, volgnummer, stand: 'wacht', ...(dicht && { geheim: dicht }), ...(jwe && { jwe }) }
  }

  async #store(rij: Gebeurtenisrij, vorig: number, foto: Fotowijziging | null): Promise<boolean> {
    for (let poging = 0; ; poging++) {
      try {
        return await this.#transact(rij, vorig, foto)
      } catch (fout) {
        if (!isDiskFull(fout)) throw fout
        if (poging > 0 || !(await this.onFull(true))) throw new Fout('schijf-vol', fout)
      }
    }
  }

  #transact(rij: Gebeurtenisrij, vorig: number, foto: Fotowijziging | null): Promise<boolean> {
    const { db } = this
    // No more tables than needed: a tap must not wait for a photo that is being read.
    const tabellen = foto === null ? [db.boek, db.gebeurtenissen] : [db.boek, db.gebeurtenissen, db.fotos, db.fotobytes]
    return db.transaction('rw', tabellen, async () => {
      if (((await readBoek(db, 'volgnummer')) ?? 0) !== vorig) return false
      await db.gebeurtenissen.add(rij)
      await db.boek.put({ naam: 'volgnummer', waarde: rij.volgnummer })
      if (foto !== null) {
        await db.fotos.bulkPut(foto.rijen)
        await db.fotobytes.bulkPut(foto.bytes)
      }
      return true
    })
  }
}
