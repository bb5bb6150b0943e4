import { expect, test } from 'vitest'
import { Bron } from './bron'
import type { Gebeurtenis } from './contract'
import { Geheugen } from './geheugen'
import { isGelijk, keepParts } from './gelijk'

test('lists, sets and records of the same parts are equal; anything else is not', () => {
  expect(isGelijk(['a', 1], ['a', 1])).toBe(true)
  expect(isGelijk(new Set(['a']), new Set(['a']))).toBe(true)
  expect(isGelijk({ a: null }, { a: null })).toBe(true)
  for (const [een, ander] of [
    [['a'], ['b']],
    [['a'], ['a', 'b']],
    [new Set(['a']), new Set(['b'])],
    [new Set(['a']), ['a']],
    [['a'], { 0: 'a' }],
    [{ a: undefined }, { b: undefined }],
    [{ a: [] }, { a: [] }],
    [null, {}],
  ]) {
    expect(isGelijk(een, ander), JSON.stringify([een, ander])).toBe(false)
  }
})

test('a record takes over the parts that are equal and no others', () => {
  const oud = { lijst: ['a'], kaart: { a: 1 } }
  const nieuw = keepParts({ lijst: ['a'], kaart: { a: 2 } }, oud)
  expect(nieuw.lijst).toBe(oud.lijst)
  expect(nieuw.kaart).toEqual({ a: 2 })
})

test('who follows a value hears nothing when nothing is another', () => {
  const bron = new Bron({ bezig: false, wachtend: 0 })
  let gehoord = 0
  bron.subscribe(() => {
    gehoord += 1
  })
  bron.change({ bezig: false })
  expect(gehoord).toBe(0)
  bron.change({ wachtend: 1 })
  expect(gehoord).toBe(1)
  expect(bron.get()).toEqual({ bezig: false, wachtend: 1 })
})

test('an answer makes the answers of its control new, and leaves the rest of it as it was', () => {
  const geheugen = new Geheugen('tablet')
  const record = (volgnummer: number, soort: string, inhoud: Record<string, unknown>) =>
    geheugen.keep({
      gebeurtenis: { gebeurtenisId: `g${volgnummer}`, controleId: 'c', soort, inhoud, volgnummer } as Gebeurtenis,
      notitie: {},
      stand: 'wacht',
      onderweg: false,
    })
  record(1, 'controle-gestart', { lijstversies: { ENT: 1 }, toezichthouders: ['a'] })
  record(2, 'antwoorden', { antwoorden: { 'ENT-01': 'ja' }, filterredenen: { 'ENT-22': 'bedrijf' } })
  const voor = geheugen.controle('c')
  record(3, 'antwoorden', { antwoorden: { 'ENT-02': 'nee' } })
  const na = geheugen.controle('c')
  expect(na?.antwoorden).toEqual({ 'ENT-01': 'ja', 'ENT-02': 'nee' })
  expect(voor?.antwoorden).toEqual({ 'ENT-01': 'ja' })
  for (const naam of ['ingecheckt', 'lijstversies', 'filterredenen', 'fotos'] as const) {
    expect(na?.[naam], naam).toBe(voor?.[naam])
  }
  geheugen.clear()
  expect(geheugen.controle('c')).toBeNull()
})
