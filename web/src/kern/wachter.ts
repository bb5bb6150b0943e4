// When the tablet locks by itself: nobody touches it, or it has not heard the service for hours.

/** Somebody who puts the tablet down at a table must not leave it open. */
export const STIL = 5 * 60_000
/** Half a shift without the service: an order to wipe could be waiting, so whoever holds the tablet shows once more who it is. */
export const ZONDER_DIENST = 4 * 3_600_000
const KIJKEN = 10_000

export class Wachter {
  #laatsteTik: number
  #laatsteContact: number
  #klok: ReturnType<typeof setInterval> | null = null

  constructor(
    private readonly nu: () => number,
    private readonly lock: () => void,
  ) {
    this.#laatsteTik = nu()
    this.#laatsteContact = nu()
  }

  start(): void {
    this.stop()
    this.#laatsteTik = this.nu()
    this.#laatsteContact = this.nu()
    this.#klok = setInterval(this.look, KIJKEN)
  }

  stop(): void {
    if (this.#klok !== null) clearInterval(this.#klok)
    this.#klok = null
  }

  readonly touched = (): void => {
    this.look() // a tap after a long sleep must not wake what should be locked
    this.#laatsteTik = this.nu()
  }

  readonly heard = (): void => {
    this.#laatsteContact = this.nu()
  }

  /** Timers sleep with the tablet; this is also asked when the screen comes back. */
  readonly look = (): void => {
    if (this.#klok === null) return
    const nu = this.nu()
    if (nu - this.#laatsteTik >= STIL || nu - this.#laatsteContact >= ZONDER_DIENST) this.lock()
  }
}
