// Sending: never lost, never twice, and as patient as the service asks.

import { beforeEach, expect, test, vi } from 'vitest'
import { CONTROLE, freshService, Proeftablet } from './proef'
import { eventsOf, isBatch, type Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('a connection that breaks before or after arrival: everything is there once', async () => {
  const tablet = await Proeftablet.open(dienst)
  let keer = 0
  dienst.storing = (vraag) => {
    if (!isBatch(vraag)) return undefined
    keer += 1
    if (keer === 1) throw new TypeError('broke on the way there')
    if (keer === 2) {
      for (const een of eventsOf(vraag)) dienst.gebeurtenissen.set(een.gebeurtenisId, een)
      throw new TypeError('broke on the way back')
    }
    return undefined
  }
  for (let nr = 0; nr < 3; nr++) await tablet.antwoord(CONTROLE, { 'ENT-01': nr })
  for (let nr = 0; nr < 3; nr++) await tablet.kern.verzender.now()
  expect([...dienst.gebeurtenissen.values()].map((een) => een.inhoud.antwoorden)).toEqual(
    [0, 1, 2].map((nr) => ({ 'ENT-01': nr })),
  )
  expect(tablet.kern.om.bericht.get()).toMatchObject({ wachtend: 0, vraagtAandacht: 0 })
})

test('a page of something in between is no answer', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.storing = () => new Response('<html>Accept our terms</html>', { status: 200 })
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.bericht.get()).toMatchObject({ online: false, wachtend: 1 })
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
})

test('a sign-out by the service: the rest goes sealed, and comes back open after a new sign-in', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.aangemeld = false
  const een = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja', 'ENT-21': 'ja' })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'open', aangemeld: false })
  expect(dienst.verzegeldGezien).toEqual([een.gebeurtenisId])
  expect(dienst.gebeurtenissen.get(een.gebeurtenisId)).toEqual(een)
  expect(tablet.kern.om.geheugen.outbox()).toEqual([])
  dienst.aangemeld = true
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'open', aangemeld: true })
  expect(dienst.verzegeldGezien).toHaveLength(1)
  expect(dienst.gebeurtenissen.size).toBe(2)
})

test('while locked it goes sealed; the receipt is compared when it is unlocked, and only then it is let go', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-21': 'ja' })
  tablet.kern.loop.lock()
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
  expect(await tablet.kern.om.db.gebeurtenissen.toArray()).toMatchObject([{ stand: 'bezorgd' }])
  await tablet.kern.loop.unlockWithKey()
  await tablet.kern.verzender.now()
  expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
})

test('the wait that the service asks for is kept', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.storing = (vraag) =>
    isBatch(vraag) ? new Response('{}', { status: 503, headers: { 'Retry-After': '60' } }) : undefined
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  const voor = dienst.vragen.filter(isBatch).length
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
  tablet.kern.verzender.poke()
  await tablet.kern.verzender.end()
  expect(dienst.vragen.filter(isBatch)).toHaveLength(voor)
  expect(tablet.kern.om.bericht.get().wachtend).toBe(2)
})

test('too often: the wait is kept by all but danger and signals, which go first and at once, and nothing is lost', async () => {
  const tablet = await Proeftablet.open(dienst)
  const partijen: string[][] = []
  dienst.storing = (vraag) => {
    if (!isBatch(vraag)) return undefined
    const soorten = eventsOf(vraag).map((een) => een.soort)
    partijen.push(soorten)
    const dringend = soorten.every((soort) => soort === 'acuut' || soort === 'signaal')
    return dringend ? undefined : new Response('', { status: 429, headers: { 'Retry-After': '60' } })
  }
  await tablet.antwoord(CONTROLE, { 'ENT-01': 1 })
  await tablet.kern.verzender.now()
  partijen.length = 0
  await tablet.antwoord(CONTROLE, { 'ENT-01': 2 })
  await new Promise((klaar) => setTimeout(klaar, 30))
  expect(partijen).toEqual([])
  await tablet.kern.record({ controleId: CONTROLE, soort: 'acuut', inhoud: {} })
  await vi.waitFor(() => expect(dienst.gebeurtenissen.size).toBe(1))
  expect(partijen[0]).toEqual(['acuut'])
  expect(tablet.kern.om.bericht.get().vraagtAandacht).toBe(0)
  await vi.waitFor(() => expect(tablet.kern.om.bericht.get()).toMatchObject({ bezig: false, wachtend: 2 }))
  dienst.storing = () => undefined
  tablet.vooruit = 61_000
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(3)
})

test('the report tells numbers and ages only', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.storing = (vraag) =>
    isBatch(vraag) ? new Response(JSON.stringify({ detail: 'nee' }), { status: 422 }) : undefined
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  const melding = dienst.vragen.findLast((vraag) => vraag.methode === 'PUT')?.inhoud
  expect(melding).toEqual({
    appversie: expect.any(String),
    protocolversie: 1,
    lijstversies: { ENT: 1 },
    wachtrij: 0,
    oudsteOp: null,
    fotos: 0,
    oudsteFotoOp: null,
    geweigerd: 1,
  })
})
