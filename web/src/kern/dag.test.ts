// What comes back from the service: the day, its lists, and what other tablets did.

import { beforeEach, expect, test } from 'vitest'
import { daysToKeep } from './dag'
import { ANDER, CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('the days are those of the Netherlands, also on a device in another zone and when the clock is put back', () => {
  const halen = (moment: string) => daysToKeep(Date.parse(moment)).halen
  expect(halen('2026-11-22T22:59:00Z')).toEqual(['2026-11-22', '2026-11-23'])
  expect(halen('2026-11-22T23:05:00Z')).toEqual(['2026-11-23', '2026-11-24'])
  expect(halen('2026-10-24T22:30:00Z')).toEqual(['2026-10-25', '2026-10-26'])
})

test('another tablet: its value counts, ours that still waits goes first, a difference is marked', async () => {
  const tablet = await Proeftablet.open(dienst)
  const daar = { waarde: 'nee', apparaatId: ANDER, volgnummer: 1, verschilt: false }
  dienst.wijzigingen = [
    {
      controleId: CONTROLE,
      status: 'bezig',
      antwoorden: [
        { ...daar, item: 'ENT-01', verschilt: true },
        { ...daar, item: 'ENT-02' },
      ],
    },
  ]
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  const { geheugen } = tablet.kern.om
  geheugen.wijzigingen.set(CONTROLE, dienst.wijzigingen[0] as never)
  geheugen.touch()
  expect(geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'ja', 'ENT-02': 'nee' })
  tablet.online = true
  await tablet.kern.verzender.now()
  const stand = geheugen.controle(CONTROLE)
  expect(stand?.antwoorden).toEqual({ 'ENT-01': 'nee', 'ENT-02': 'nee' })
  expect(stand?.vanAndereTablet).toEqual(new Set(['ENT-01', 'ENT-02']))
  expect(stand?.verschilt).toEqual(new Set(['ENT-01']))
  expect(stand?.status).toBe('bezig')
})

test('work package and lists are there without network after a restart; unchanged costs nothing', async () => {
  const tablet = await Proeftablet.open(dienst)
  const datum = [...tablet.kern.om.geheugen.pakketten.keys()][0] ?? ''
  await tablet.reopen()
  tablet.online = false
  await tablet.kern.loop.unlockWithKey()
  expect(tablet.kern.om.geheugen.pakketten.get(datum)?.pakket.datum).toBe(datum)
  expect(tablet.kern.om.geheugen.lijsten.has('ENT:1')).toBe(true)
  tablet.online = true
  await tablet.kern.ververs(datum)
  expect(dienst.vragen.at(-1)?.koppen.get('If-None-Match')).toBe('"p1"')
  expect(tablet.kern.om.geheugen.pakketten.get(datum)?.pakket.datum).toBe(datum)
})

test('who asks while the day is being fetched has it fetched anew', async () => {
  const tablet = await Proeftablet.open(dienst)
  const { verzender } = tablet.kern
  let gevraagd = 0
  let meteen = () => Promise.resolve()
  dienst.storing = ({ pad }) => {
    if (pad.startsWith('/v1/werkpakketten/')) {
      gevraagd += 1
      if (gevraagd === 1) void meteen()
    }
    return undefined
  }
  await verzender.now()
  const dagen = gevraagd
  gevraagd = 0
  meteen = () => verzender.now()
  await verzender.now()
  expect(gevraagd).toBe(2 * dagen)
})
