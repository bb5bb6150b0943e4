// The lock: the data key exists on the disk only wrapped by something the disk does not hold (design section 7).

import { readBoek, type Slotsleutel, writeBoek } from './boek'
import type { Pinreden, Slotmiddel } from './contract'
import type { Database } from './database'
import { Fout } from './fouten'
import type { Kluis } from './kluis'
import type { Pincode, Weigering } from './pincode'
import type { Sleutelhouder } from './sleutelhouder'
import { decryptBytes, encryptBytes, importKey, randomBytes } from './versleuteling'

const NAAM = 'datasleutel'

type Pinsleutel = Extract<Slotsleutel, { middel: 'pincode' }>

export interface Pinuitslag {
  gelukt: boolean
  pogingenOver: number | null
  reden: Pinreden | null
}

export class Slot {
  constructor(
    private readonly db: Database,
    private readonly kluis: Kluis,
    private readonly houder: Sleutelhouder,
    private readonly pincode: Pincode,
  ) {}

  async means(): Promise<Slotmiddel[]> {
    return ((await readBoek(this.db, 'slotsleutels')) ?? []).map((sleutel) => sleutel.middel)
  }

  async setUpWithKey(): Promise<void> {
    const zout = randomBytes(32)
    const { credentialId, sleutel } = await this.houder.make(zout)
    await this.#install(sleutel, (dicht) => ({ middel: 'sleutel', credentialId, zout, dicht }))
  }

  async setUpWithPin(pin: string): Promise<void> {
    const { sleutel, zout, ronden } = await this.pincode.make(pin)
    await this.#install(sleutel, (dicht) => ({ middel: 'pincode', zout, ronden, dicht }))
  }

  async unlockWithKey(): Promise<void> {
    const eigen = await this.#find('sleutel')
    const kek = await this.houder.ask(eigen.credentialId, eigen.zout as Uint8Array<ArrayBuffer>)
    await this.#open(kek, eigen.dicht)
  }

  async unlockWithPin(pin: string): Promise<Pinuitslag> {
    const eigen = await this.#find('pincode')
    const zout = eigen.zout as Uint8Array<ArrayBuffer>
    const antwoord = await this.pincode.ask(pin, zout, eigen.ronden, eigen.bij)
    if ('reden' in antwoord) return { gelukt: false, ...(await this.#remembered(antwoord, eigen)) }
    await this.#open(antwoord.sleutel, eigen.dicht)
    return { gelukt: true, pogingenOver: null, reden: null }
  }

  /** The service says the same of a half that is gone and of a colleague's; this tablet knows what was typed on it. */
  async #remembered(antwoord: Weigering, eigen: Pinsleutel): Promise<Weigering> {
    if (antwoord.reden === 'vernietigd') await writeBoek(this.db, 'slotsleutels', [{ ...eigen, vernietigd: true }])
    return antwoord.reden === 'geen-helft' && eigen.vernietigd ? { ...antwoord, reden: 'vernietigd' } : antwoord
  }

  async #find<M extends Slotmiddel>(middel: M): Promise<Extract<Slotsleutel, { middel: M }>> {
    const gevonden = ((await readBoek(this.db, 'slotsleutels')) ?? []).find((sleutel) => sleutel.middel === middel)
    if (gevonden === undefined) throw new Fout('niet-ingesteld')
    return gevonden as Extract<Slotsleutel, { middel: M }>
  }

  async #install(kek: CryptoKey, wrap: (dicht: Uint8Array) => Slotsleutel): Promise<void> {
    const ruw = randomBytes(32)
    const dicht = await encryptBytes(kek, NAAM, ruw)
    const sleutel = await importKey(ruw)
    ruw.fill(0)
    await writeBoek(this.db, 'slotsleutels', [wrap(dicht)])
    this.kluis.unlock(sleutel)
  }

  async #open(kek: CryptoKey, dicht: Uint8Array): Promise<void> {
    const ruw = await decryptBytes(kek, NAAM, dicht)
    const sleutel = await importKey(ruw)
    ruw.fill(0)
    this.kluis.unlock(sleutel)
  }
}
