// Times as an inspector reads them. Days and clock times are those of the Netherlands, whatever the zone of the device is.

import { dutchDate as datumVan } from '../kern/tijd'

export { daysLater as dagenLater, dutchDate as datumVan } from '../kern/tijd'

const ZONE = 'Europe/Amsterdam'
const KLOK = new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: ZONE })
const DAG = new Intl.DateTimeFormat('nl-NL', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE })
const WEEKDAG = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: ZONE })

/** Minutes after midnight of the day as a clock time; after midnight says so: 25:30 is 01:30 's nachts. */
export function klokVanMinuut(minuut: number): string {
  const rest = ((minuut % 1440) + 1440) % 1440
  const tekst = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
  return minuut >= 1440 ? `${tekst} (na middernacht)` : tekst
}

/** A moment as a clock time. */
export const klok = (moment: string | Date): string => KLOK.format(new Date(moment))

/** A moment as a clock time, with the day when that is another one than now: "14:05", "vrijdag 20 november 14:05". */
export function klokMetDag(moment: string, nu: Date): string {
  const datum = datumVan(new Date(moment))
  return datum === datumVan(nu) ? klok(moment) : `${weekdag(datum)} ${klok(moment)}`
}

/** A date or moment in words: 3 mei 2026. */
export const dag = (moment: string | Date): string => DAG.format(new Date(moment))

/** A date with its day of the week: zondag 22 november. */
export const weekdag = (datum: string): string => WEEKDAG.format(new Date(`${datum}T12:00:00Z`))

/** The minute of the day in the Netherlands at a moment. */
export function minuutVan(moment: Date): number {
  const [uur, minuut] = KLOK.format(moment).split(':').map(Number)
  return (uur ?? 0) * 60 + (minuut ?? 0)
}

/** A length of time in words: 45 min, 2 uur, 1 uur 5 min. */
export function duur(minuten: number): string {
  const heel = Math.max(0, Math.round(minuten))
  const uren = Math.floor(heel / 60)
  const rest = heel % 60
  if (uren === 0) return `${rest} min`
  return rest === 0 ? `${uren} uur` : `${uren} uur ${rest} min`
}

/** Opening hours of one day: "14:00 tot 02:00", "gesloten", or "onbekend". */
export function openOp(openingstijden: Record<string, number[][]> | null, datum: string): string {
  if (openingstijden === null) return 'onbekend'
  const dagnummer = new Date(`${datum}T12:00:00Z`).getUTCDay() || 7
  const vakken = openingstijden[String(dagnummer)] ?? []
  if (vakken.length === 0) return 'gesloten'
  return vakken.map(([van, tot]) => `${klokVanMinuut(van ?? 0)} tot ${klokVanMinuut((tot ?? 0) % 1440)}`).join(' en ')
}
