import { expect, test } from 'vitest'
import { RUSTIG } from '../kern/rustig'
import { zendregel } from './zendregel'

test('says that all arrived only when all arrived', () => {
  expect(zendregel(RUSTIG)).toEqual(['Alles is aangekomen'])
  expect(zendregel({ ...RUSTIG, wachtend: 1 })).toEqual(['Opgeslagen op tablet: 1 bericht'])
  expect(zendregel({ ...RUSTIG, wachtend: 3, fotosTeGaan: 2, bezig: true })).toEqual([
    'Onderweg: 3 berichten en 2 foto’s',
  ])
  expect(zendregel({ ...RUSTIG, fotosTeGaan: 1, online: false })).toEqual([
    'Geen netwerk. Opgeslagen op tablet: 1 foto',
  ])
})

test('a full disk and what needs attention come first', () => {
  const regels = zendregel({ ...RUSTIG, schijfVol: true, vraagtAandacht: 2 })
  expect(regels[0]).toContain('schijf is vol')
  expect(regels[1]).toBe('2 berichten vragen aandacht')
})
