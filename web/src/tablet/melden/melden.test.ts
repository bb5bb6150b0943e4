import { expect, test } from 'vitest'
import { geldendeNorm, getal, verhouding } from './overbewoning'
import { adresVan, heeftNummer, LEGE_PLEK, plekGebrek } from './plek'

test('the ratio of a flag against the norm, as on the server', () => {
  expect(verhouding(60, 11, 12)).toBe('5,45 m² per persoon, onder de helft van de norm (12 m²)')
  expect(verhouding(96, 14, 12)).toBe('6,86 m² per persoon, onder de norm (12 m²)')
  expect(verhouding(24, 2, 12)).toBe('12 m² per persoon, niet onder de norm (12 m²)')
  expect(verhouding(60, 0, 12)).toBeNull()
  expect(verhouding(60, 11, null)).toContain('geen norm')
})

test('a number is typed with a comma or a point, and nothing else', () => {
  expect([getal('60,5'), getal(' 60.5 '), getal('1e3'), getal('-4'), getal('')]).toEqual([60.5, 60.5, null, null, null])
})

test('the norm of the municipality goes before the national one, on its day', () => {
  const norm = (gemeentecode: string, waarde: number, geldigVanaf: string, geldigTot: string | null = null) =>
    ({ gemeentecode, waarde, geldigVanaf, geldigTot }) as never
  const normen = [norm('', 12, '2012-01-01'), norm('GM1', 10, '2026-06-01')]
  expect(geldendeNorm(normen, 'GM1', '2026-11-22')).toBe(10)
  expect(geldendeNorm(normen, 'GM1', '2026-05-31')).toBe(12)
  expect(geldendeNorm(normen, 'GM2', '2026-11-22')).toBe(12)
  expect(geldendeNorm([], 'GM2', '2026-11-22')).toBeNull()
})

test('an address asks for what is missing, one thing at a time', () => {
  const half = { ...LEGE_PLEK, postcode: '1008 xx', huisnummer: '15' }
  expect(heeftNummer(half)).toBe(true)
  expect(plekGebrek(half)).toBe('Vul de straat in.')
  expect(plekGebrek({ ...half, postcode: '0008 xx' })).toContain('postcode')
  const heel = { ...half, straat: ' Wulpstraat', woonplaats: 'Veldwachtstad', huisletter: 'a' }
  expect(plekGebrek(heel)).toBeNull()
  expect(adresVan(heel)).toEqual({
    straat: 'Wulpstraat',
    huisnummer: 15,
    huisletter: 'A',
    toevoeging: '',
    postcode: '1008XX',
    woonplaats: 'Veldwachtstad',
  })
  expect(plekGebrek({ ...LEGE_PLEK, soort: 'punt' })).toContain('Hier')
  expect(plekGebrek({ ...LEGE_PLEK, soort: 'punt', punt: [5, 52] })).toBeNull()
})
