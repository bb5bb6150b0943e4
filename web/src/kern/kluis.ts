// The encrypted store: everything readable goes through here, under the data key that only memory holds.

import type { Database } from './database'
import { Fout, isUnreadable } from './fouten'
import { decrypt, decryptBytes, encrypt, encryptBytes } from './versleuteling'

export class Kluis {
  #sleutel: CryptoKey | null = null

  constructor(private readonly db: Database) {}

  get open(): boolean {
    return this.#sleutel !== null
  }

  unlock(sleutel: CryptoKey): void {
    this.#sleutel = sleutel
  }

  lock(): void {
    this.#sleutel = null
  }

  #key(): CryptoKey {
    if (this.#sleutel === null) throw new Fout('vergrendeld')
    return this.#sleutel
  }

  encrypt(id: string, inhoud: unknown): Promise<Uint8Array> {
    return encrypt(this.#key(), id, inhoud)
  }

  decrypt<T>(id: string, dicht: Uint8Array): Promise<T> {
    return decrypt<T>(this.#key(), id, dicht)
  }

  encryptBytes(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return encryptBytes(this.#key(), id, bytes)
  }

  decryptBytes(id: string, dicht: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return decryptBytes(this.#key(), id, dicht)
  }

  async put(id: string, inhoud: unknown): Promise<void> {
    await this.db.kluis.put({ id, geheim: await this.encrypt(id, inhoud) })
  }

  async get<T>(id: string): Promise<T | null> {
    const rij = await this.db.kluis.get(id)
    return rij === undefined ? null : this.decrypt<T>(id, rij.geheim)
  }

  /** All of one kind, by the part of the id after it. What the browser cannot read keeps nobody out; it stays, since it may be read later. */
  async all<T>(soort: string): Promise<Map<string, T>> {
    const ids = await this.db.kluis.where('id').startsWith(`${soort}:`).primaryKeys()
    const gelezen = new Map<string, T>()
    for (const { id, geheim } of await Promise.all(ids.map((een) => this.#read(een)))) {
      if (geheim !== null) gelezen.set(id.slice(soort.length + 1), await this.decrypt<T>(id, geheim))
    }
    return gelezen
  }

  async #read(id: string): Promise<{ id: string; geheim: Uint8Array | null }> {
    try {
      return { id, geheim: (await this.db.kluis.get(id))?.geheim ?? null }
    } catch (fout) {
      if (isUnreadable(fout)) return { id, geheim: null }
      throw fout
    }
  }

  async delete(id: string): Promise<void> {
    await this.db.kluis.delete(id)
  }
}
