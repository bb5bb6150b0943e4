// The tablet finds in free text what the service finds: one file of texts, run on both sides (tests/core/test_text_filter.py).

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkText, isStrict, refuseOrWarn } from './tekstfilter'

const bestand = new URL('../../../checklists/tekstfilter.json', import.meta.url)
const vectoren = JSON.parse(readFileSync(bestand, 'utf8'))
const written = (tekst: string): string => tekst.replaceAll('#', '6')

describe('what must not be stored is found', () => {
  const gevallen = Object.entries<string[]>(vectoren.gevonden).flatMap(([soort, teksten]) =>
    teksten.map((tekst) => [soort, tekst] as const),
  )
  test.each(gevallen)('%s: %s', (soort, tekst) => {
    expect(checkText(written(tekst), [], vectoren.jaar)).toContain(soort)
  })
})

test.each<string>(vectoren.onschuldig)('left alone: %s', (tekst) => {
  expect(checkText(tekst, [], vectoren.jaar)).toEqual([])
})

test.each<{ tekst: string; vrij: string[]; soorten: string[] }>(vectoren.vrij)('exempt: $tekst $vrij', (geval) => {
  expect(checkText(geval.tekst, geval.vrij, vectoren.jaar)).toEqual(geval.soorten)
})

test('strict places refuse and others warn until a reason is given', () => {
  expect(refuseOrWarn([], true)).toBe('goed')
  expect(refuseOrWarn(['bsn'], true, 'vals-alarm')).toBe('weigeren')
  expect(refuseOrWarn(['bsn'], false)).toBe('waarschuwen')
  expect(refuseOrWarn(['bsn'], false, 'gegeven-van-bedrijf')).toBe('goed')
  expect(isStrict('SEKS', null)).toBe(true)
  expect(isStrict('BEDR', 'woning of bewoond deel')).toBe(true)
  expect(isStrict('BEDR', 'bedrijfsruimte of open voor publiek')).toBe(false)
})

test('a long text is judged at once', () => {
  const begin = performance.now()
  checkText('Vier matrassen op de vloer, 12 mensen gaven antwoord op 3 vragen. '.repeat(60), [], vectoren.jaar)
  expect(performance.now() - begin).toBeLessThan(500)
})
