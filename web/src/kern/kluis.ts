// The encrypted store: everything readable goes through here, under the data key that only memory holds.

import type { Database } from './database'
import { Fout } from './fouten'
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

  /** All of one kind, by the part of the id after it. */
  async all<T>(soort: string): Promise<Map<string, T>> {
    const rijen = await this.db.kluis.where('id').startsWith(`${soort}:`).toArray()
    const open = rijen.map(
      async ({ id, geheim }) => [id.slice(soort.length + 1), await this.decrypt<T>(id, geheim)] as const,
    )
    return new Map(await Promise.all(open))
  }

  async delete(id: string): Promise<void> {
    await this.db.kluis.delete(id)
  }
}
