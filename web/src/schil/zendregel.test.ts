import { expect, test } from 'vitest'
import { RUSTIG } from '../kern/rustig'
import { zendregel } from './zendregel'

test('says that all arrived only when all arrived', () => {
  expect(zendregel(RUSTIG, 'open')).toEqual(['Alles is aangekomen'])
  expect(zendregel({ ...RUSTIG, wachtend: 1 }, 'open')).toEqual(['Opgeslagen op tablet: 1 bericht'])
  expect(zendregel({ ...RUSTIG, wachtend: 3, fotosTeGaan: 2, bezig: true }, 'open')).toEqual([
    'Onderweg: 3 berichten en 2 foto’s',
  ])
  expect(zendregel({ ...RUSTIG, fotosTeGaan: 1, online: false }, 'open')).toEqual([
    'Geen netwerk. Opgeslagen op tablet: 1 foto',
  ])
})

test('a tablet with nothing of its own does not say that all arrived', () => {
  for (const stand of ['onbekend', 'instellen', 'niet-aangemeld', 'gewist'] as const) {
    expect(zendregel(RUSTIG, stand)).toEqual([])
    expect(zendregel({ ...RUSTIG, online: false }, stand)).toEqual(['Geen netwerk'])
    expect(zendregel({ ...RUSTIG, wachtend: 1 }, stand)).toEqual(['Opgeslagen op tablet: 1 bericht'])
  }
})

test('a full disk and what needs attention come first', () => {
  const regels = zendregel({ ...RUSTIG, schijfVol: true, vraagtAandacht: 2 }, 'open')
  expect(regels[0]).toContain('schijf is vol')
  expect(regels[1]).toBe('2 berichten vragen aandacht')
})
