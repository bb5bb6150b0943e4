// The device's clock with its zone, how far it is ahead of the service, and the days of the Netherlands.

/** ISO 8601 with the offset of the device, as `apparaatTijd` asks. */
export function localIso(moment: Date): string {
  const offset = -moment.getTimezoneOffset()
  const plaatselijk = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const uren = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')
  const minuten = String(Math.abs(offset) % 60).padStart(2, '0')
  return `${plaatselijk}${offset < 0 ? '-' : '+'}${uren}:${minuten}`
}

const DAG = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' })

/** The date of the Netherlands at a moment, as 2026-11-22: that is the day of the service, whatever the zone of the device is. */
export const dutchDate = (moment: Date): string => DAG.format(moment).slice(0, 10)

/** The date some days later. */
export function daysLater(datum: string, dagen: number): string {
  const later = new Date(`${datum}T12:00:00Z`)
  later.setUTCDate(later.getUTCDate() + dagen)
  return later.toISOString().slice(0, 10)
}

/**
 * Seconds that the device is ahead of the service, from the `Date` of an answer; null when it says nothing useful.
 * The answer was made somewhere between asking and hearing, so the middle is compared; `Date` has no parts of seconds.
 */
export function clockDifference(date: string | null, gevraagd: number, gehoord: number): number | null {
  const dienst = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(dienst) || gehoord - gevraagd > 30_000) return null
  return Math.round(((gevraagd + gehoord) / 2 - dienst - 500) / 1000)
}
