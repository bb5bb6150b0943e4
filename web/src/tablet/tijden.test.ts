import { expect, test } from 'vitest'
import { dagenLater, datumVan, duur, klokVanMinuut, minuutVan, openOp } from './tijden'

test('minutes of the day read as a clock, also after midnight', () => {
  expect(klokVanMinuut(545)).toBe('09:05')
  expect(klokVanMinuut(1530)).toBe('01:30 (na middernacht)')
})

test('the day is that of the Netherlands', () => {
  expect(datumVan(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01')
  expect(datumVan(new Date('2026-11-22T22:30:00Z'))).toBe('2026-11-22')
  expect(minuutVan(new Date('2026-06-30T22:30:00Z'))).toBe(30)
  expect(dagenLater('2026-12-31', 1)).toBe('2027-01-01')
})

test('a length of time in words', () => {
  expect([duur(45), duur(60), duur(125), duur(-3)]).toEqual(['45 min', '1 uur', '2 uur 5 min', '0 min'])
})

test('opening hours on the day of the week', () => {
  const uren = { '7': [[840, 1560]], '1': [] }
  expect(openOp(uren, '2026-11-22')).toBe('14:00 tot 02:00')
  expect(openOp(uren, '2026-11-23')).toBe('gesloten')
  expect(openOp(null, '2026-11-23')).toBe('onbekend')
})
