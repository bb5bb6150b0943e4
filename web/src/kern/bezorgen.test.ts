// Delivering: one bad record never in the way of the others, and what may not stay leaves on receipt.

import { beforeEach, expect, test } from 'vitest'
import { deliverOpen } from './bezorgen'
import { newId } from './kenmerk'
import { ANDER, CONTROLE, freshService, Proeftablet } from './proef'
import { eventsOf, isBatch, type Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('confidential answers leave the disk on receipt and stay in memory until the lock (DAT-13)', async () => {
  const tablet = await Proeftablet.open(dienst)
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja', 'ENT-21': 'nee' })
  await tablet.kern.record({ controleId: CONTROLE, soort: 'keuze', inhoud: { keuze: 'signaal', reden: 'x' } })
  await tablet.kern.record({ controleId: CONTROLE, soort: 'controle-gestart', inhoud: { toezichthouders: [] } })
  await tablet.kern.verzender.now()
  const { geheugen, db } = tablet.kern.om
  expect(geheugen.controle(CONTROLE)).toMatchObject({
    antwoorden: { 'ENT-01': 'ja', 'ENT-21': 'nee' },
    keuze: 'signaal',
  })
  expect(await db.gebeurtenissen.count()).toBe(2)
  expect((await db.gebeurtenissen.toArray()).every((rij) => rij.jwe === undefined)).toBe(true)
  dienst.antwoordstand = ['ENT-01', 'ENT-21']
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  const nieuw = tablet.kern.om.geheugen
  expect(nieuw.controle(CONTROLE)).toMatchObject({ antwoorden: { 'ENT-01': 'ja' }, keuze: null })
  await tablet.kern.verzender.now()
  expect(nieuw.controle(CONTROLE)?.beantwoordElders).toEqual(new Set(['ENT-21']))
  expect(dienst.gebeurtenissen.size).toBe(3)
})

test('an answer of an unknown item counts as confidential', async () => {
  const tablet = await Proeftablet.open(dienst)
  await tablet.antwoord(CONTROLE, { 'XYZ-99': 'ja' })
  await tablet.kern.verzender.now()
  expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
})

test('one record that is refused stays with its reason and never holds up the others', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  const allemaal = []
  for (let nr = 0; nr < 9; nr++) allemaal.push(await tablet.antwoord(CONTROLE, { 'ENT-01': nr }))
  const kwaad = allemaal[4]?.gebeurtenisId
  dienst.storing = (vraag) =>
    isBatch(vraag) && eventsOf(vraag).some((een) => een.gebeurtenisId === kwaad)
      ? new Response(JSON.stringify({ detail: 'Dit past niet.' }), { status: 400 })
      : undefined
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(8)
  expect(tablet.kern.om.geheugen.outbox()).toMatchObject([
    { gebeurtenisId: kwaad, stand: 'vraagt aandacht', reden: 'Dit past niet.' },
  ])
  const bestand = JSON.parse(await (await tablet.kern.exportZending(String(kwaad))).text())
  expect(JSON.parse(await dienst.open(bestand.zendingen[0].jwe)).gebeurtenis).toEqual(allemaal[4])
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(9)
  expect(tablet.kern.om.geheugen.outbox()).toEqual([])
})

test('one record on which the service itself fails costs only itself', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  for (let nr = 0; nr < 5; nr++) await tablet.antwoord(CONTROLE, { 'ENT-01': nr })
  dienst.storing = (vraag) =>
    isBatch(vraag) && JSON.stringify(vraag.inhoud).includes('{"ENT-01":1}')
      ? new Response('', { status: 500 })
      : undefined
  tablet.online = true
  for (let nr = 0; nr < 4; nr++) await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(4)
  expect(tablet.kern.om.geheugen.outbox()).toMatchObject([{ stand: 'opgeslagen op tablet' }])
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(5)
})

test('more than two hundred go in pieces', async () => {
  const tablet = await Proeftablet.open(dienst)
  const een = await tablet.antwoord(CONTROLE, { 'ENT-21': 'ja' })
  await tablet.kern.verzender.now()
  dienst.vragen.length = 0
  const regels = Array.from({ length: 230 }, (_, nr) => ({
    gebeurtenis: { ...een, gebeurtenisId: newId(), volgnummer: nr + 2 },
    notitie: {},
    stand: 'wacht' as const,
    onderweg: false,
  }))
  await deliverOpen(tablet.kern.om, regels)
  expect(dienst.vragen.map((vraag) => eventsOf(vraag).length)).toEqual([200, 30])
  expect(dienst.gebeurtenissen.size).toBe(231)
})

test('another digest: the record is not let go', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.storing = (vraag) => {
    if (!isBatch(vraag)) return undefined
    const resultaten = eventsOf(vraag).map(({ gebeurtenisId }) => ({
      gebeurtenisId,
      status: 'verwerkt',
      reden: null,
      oordelen: [],
      controle: null,
      ontvangst: { sha256: '0'.repeat(64), ontvangenOp: '' },
    }))
    return new Response(JSON.stringify({ resultaten }))
  }
  await tablet.antwoord(CONTROLE, { 'ENT-21': 'ja' })
  await tablet.kern.verzender.now()
  expect(await tablet.kern.om.db.gebeurtenissen.toArray()).toMatchObject([{ stand: 'blijft', jwe: expect.any(String) }])
  expect(tablet.kern.om.bericht.get()).toMatchObject({ vraagtAandacht: 1 })
})

test('quarantine and verdicts are shown, not sent again by every round, and confidential ones not kept', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.quarantaine = (een) => (een.controleId === ANDER ? 'Deze lijstversie is nog niet bekend.' : null)
  dienst.oordelen = (een) =>
    een.controleId === CONTROLE
      ? ['ENT-01', 'ENT-21'].map((item) => ({ item, oordeel: 'fout', reden: 'onbekend' }))
      : []
  await tablet.antwoord(ANDER, { 'ENT-01': 'ja' })
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja', 'ENT-21': 'ja' })
  await tablet.kern.verzender.now()
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.geheugen.outbox()).toMatchObject([
    { stand: 'vraagt aandacht', reden: 'Deze lijstversie is nog niet bekend.' },
    {
      stand: 'vraagt aandacht',
      reden: 'Aangekomen, maar niet alles telt mee.',
      oordelen: [{ item: 'ENT-01' }, { item: 'ENT-21' }],
    },
  ])
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  expect(tablet.kern.om.geheugen.outbox()[1]?.oordelen).toMatchObject([{ item: 'ENT-01' }])
})

test('a verdict that something counts, or was overtaken, asks nobody for attention', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.oordelen = () => [
    { item: 'ENT-01', oordeel: 'achterhaald', reden: 'Later is hier een ander antwoord gegeven.' },
  ]
  dienst.storing = (vraag) => {
    if (isBatch(vraag)) for (const een of eventsOf(vraag)) dienst.gebeurtenissen.set(een.gebeurtenisId, een)
    return undefined
  }
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.geheugen.controle(CONTROLE)?.zendingen).toMatchObject([
    { stand: 'aangekomen', oordelen: [{ oordeel: 'achterhaald' }] },
  ])
})

test('a departure that the service held back asks for nothing any more once the control is done', async () => {
  const tablet = await Proeftablet.open(dienst)
  const held = (item: string) => [{ item, oordeel: 'fout', reden: 'Er staan nog vragen open.' }]
  dienst.oordelen = ({ controleId }) => held(controleId === ANDER ? 'bedrijfsplanVersie' : 'controle')
  await tablet.kern.record({ controleId: CONTROLE, soort: 'controle-afgerond', inhoud: {} })
  await tablet.kern.record({ controleId: ANDER, soort: 'controle-afgerond', inhoud: { bedrijfsplanVersie: 'x' } })
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.bericht.get().vraagtAandacht).toBe(2)
  // As the changes bring it when the last answer arrives, from this tablet or another one.
  dienst.wijzigingen = [CONTROLE, ANDER].map((controleId) => ({ controleId, status: 'afgerond', antwoorden: [] }))
  tablet.kern.verzender.poke()
  await tablet.kern.verzender.end()
  expect(tablet.kern.om.bericht.get().vraagtAandacht).toBe(1)
  expect(tablet.kern.om.geheugen.outbox()).toMatchObject([{ controleId: ANDER, stand: 'vraagt aandacht' }])
})
