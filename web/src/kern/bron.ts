// A value that screens can follow; the smallest thing that `useSyncExternalStore` asks for.

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

  change(deel: Partial<T>): void {
    this.set({ ...this.#waarde, ...deel })
  }
}
