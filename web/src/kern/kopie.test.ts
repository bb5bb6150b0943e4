// A profile that was copied: the service says so, and the tablet counts on under an id of its own, without losing a record or its PIN.

import { beforeEach, expect, test } from 'vitest'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('what waits arrives under the old id; then a new one with the numbers going on, also for what is sealed while locked', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithPin('735912')
  await tablet.kern.verzender.now()
  const oud = tablet.kern.om.geheugen.apparaatId
  dienst.gekopieerd.add(oud)
  const eerst = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.get(eerst.gebeurtenisId)).toMatchObject({ apparaatId: oud })

  const nieuw = tablet.kern.om.geheugen.apparaatId
  expect(nieuw).not.toBe(oud)
  const daarna = await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
  expect(daarna).toMatchObject({ apparaatId: nieuw, volgnummer: eerst.volgnummer + 1 })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.geheugen.apparaatId).toBe(nieuw)
  expect(tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'nee' })

  await tablet.reopen()
  const acuut = await tablet.kern.record({ controleId: CONTROLE, soort: 'acuut', inhoud: {} })
  await tablet.kern.verzender.now()
  expect(dienst.verzegeldGezien).toContain(acuut.gebeurtenisId)
  expect(dienst.gebeurtenissen.get(acuut.gebeurtenisId)).toMatchObject({
    apparaatId: nieuw,
    volgnummer: eerst.volgnummer + 2,
  })

  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: true })
  expect(dienst.vragen.filter(({ pad }) => pad.endsWith('/_sleutelhelft')).at(-1)?.pad).toContain(oud)
})

test('while something cannot be delivered, and when the service gives no proof, the id stays', async () => {
  const tablet = await Proeftablet.open(dienst)
  const oud = tablet.kern.om.geheugen.apparaatId
  dienst.gekopieerd.add(oud)
  dienst.storing = ({ pad }) => (pad.endsWith('/_bezorgbewijs') ? new Response('{}', { status: 503 }) : undefined)
  await tablet.kern.verzender.now().catch(() => undefined)
  expect(tablet.kern.om.geheugen.apparaatId).toBe(oud)
  expect(await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })).toMatchObject({ apparaatId: oud })
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.geheugen.apparaatId).not.toBe(oud)
  expect([...dienst.gebeurtenissen.values()].map(({ apparaatId }) => apparaatId)).toEqual([oud])
})
