// A value that screens can follow; the smallest thing that `useSyncExternalStore` asks for.

import { isGelijk } from './gelijk'

export class Bron<T> {
  #waarde: T
  readonly #volgers = new Set<() => void>()

  constructor(begin: T) {
    this.#waarde = begin
  }

  readonly get = (): T => this.#waarde

  readonly subscribe = (volger: () => void): (() => void) => {
    this.#volgers.add(volger)
    return () => this.#volgers.delete(volger)
  }

  set(waarde: T): void {
    if (Object.is(waarde, this.#waarde)) return
    this.#waarde = waarde
    for (const volger of this.#volgers) volger()
  }

  /** Says nothing when nothing is another. */
  change(deel: Partial<T>): void {
    const nieuw = { ...this.#waarde, ...deel }
    if (!isGelijk(nieuw, this.#waarde)) this.set(nieuw)
  }
}
