// Sending: never lost, never twice, one bad record never in the way, and what may not stay leaves on receipt.

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { deliverOpen } from './bezorgen'
import type { Gebeurtenis } from './contract'
import { newId } from './kenmerk'
import { Netwerk } from './netwerk'
import { freshDisk, Proeftablet } from './proef'
import { Proefdienst, type Vraagbeeld } from './proefdienst'

const CONTROLE = '0190a000-0000-7000-8000-000000000001'
const ANDER = '0190a000-0000-7000-8000-000000000002'
let dienst: Proefdienst

beforeEach(async () => {
  freshDisk()
  dienst = await Proefdienst.start()
  dienst.pakket = {
    acties: [],
    controles: [],
    contactkaart: [],
    checklists: [{ code: 'ENT', versie: 1, verwijzing: '' }],
    rekenregels: [],
  }
  dienst.lijsten.set('/v1/checklists/ENT/versies/1', {
    code: 'ENT',
    versie: 1,
    items: [
      { code: 'ENT-01', klasse: 'naleving' },
      { code: 'ENT-21', klasse: 'vertrouwelijk' },
    ],
  })
})

const events = (vraag: Vraagbeeld): Gebeurtenis[] => (vraag.inhoud as { gebeurtenissen: Gebeurtenis[] }).gebeurtenissen
const refused = (detail: string, status = 400) => new Response(JSON.stringify({ detail }), { status })
const isBatch = (vraag: Vraagbeeld) => vraag.pad === '/v1/synchronisaties'

describe('sending', () => {
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
    await tablet.kern.unlockWithKey()
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

  test('a connection that breaks before or after arrival: everything is there once', async () => {
    const tablet = await Proeftablet.open(dienst)
    let keer = 0
    dienst.storing = (vraag) => {
      if (!isBatch(vraag)) return undefined
      keer += 1
      if (keer === 1) throw new TypeError('broke on the way there')
      if (keer === 2) {
        for (const een of events(vraag)) dienst.gebeurtenissen.set(een.gebeurtenisId, een)
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

  test('one record that is refused stays with its reason and never holds up the others', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const allemaal = []
    for (let nr = 0; nr < 9; nr++) allemaal.push(await tablet.antwoord(CONTROLE, { 'ENT-01': nr }))
    const kwaad = allemaal[4]?.gebeurtenisId
    dienst.storing = (vraag) =>
      isBatch(vraag) && events(vraag).some((een) => een.gebeurtenisId === kwaad) ? refused('Dit past niet.') : undefined
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.size).toBe(8)
    expect(tablet.kern.om.geheugen.outbox()).toMatchObject([
      { gebeurtenisId: kwaad, stand: 'vraagt aandacht', reden: 'Dit past niet.' },
    ])
    const bestand = JSON.parse(await (await tablet.kern.exportZending(String(kwaad))).text())
    expect(JSON.parse(await dienst.open(bestand.zendingen[0].jwe)).gebeurtenis).toEqual(allemaal[4])
    await tablet.reopen()
    await tablet.kern.unlockWithKey()
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.size).toBe(9)
    expect(tablet.kern.om.geheugen.outbox()).toEqual([])
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
    expect(dienst.vragen.map((vraag) => events(vraag).length)).toEqual([200, 30])
    expect(dienst.gebeurtenissen.size).toBe(231)
  })

  test('another digest: the record is not let go', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.storing = (vraag) => {
      if (!isBatch(vraag)) return undefined
      const resultaten = events(vraag).map(({ gebeurtenisId }) => ({
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
    expect(await tablet.kern.om.db.gebeurtenissen.toArray()).toMatchObject([
      { stand: 'blijft', jwe: expect.any(String) },
    ])
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
    await tablet.kern.unlockWithKey()
    expect(tablet.kern.om.geheugen.outbox()[1]?.oordelen).toMatchObject([{ item: 'ENT-01' }])
  })

  test('a verdict that something counts, or was overtaken, asks nobody for attention', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.oordelen = () => [
      { item: 'ENT-01', oordeel: 'achterhaald', reden: 'Later is hier een ander antwoord gegeven.' },
    ]
    dienst.storing = (vraag) => {
      if (isBatch(vraag)) for (const een of events(vraag)) dienst.gebeurtenissen.set(een.gebeurtenisId, een)
      return undefined
    }
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.geheugen.controle(CONTROLE)?.zendingen).toMatchObject([
      { stand: 'aangekomen', oordelen: [{ oordeel: 'achterhaald' }] },
    ])
  })

  test('a sign-out by the service: the rest goes sealed, and comes back open after a new sign-in', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.aangemeld = false
    const een = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja', 'ENT-21': 'ja' })
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'open', aangemeld: false })
    expect(dienst.verzegeldGezien).toEqual([een.gebeurtenisId])
    expect(tablet.kern.om.geheugen.outbox()).toEqual([])
    dienst.aangemeld = true
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
    await tablet.kern.verzender.now()
    expect(dienst.verzegeldGezien).toHaveLength(1)
    expect(dienst.gebeurtenissen.size).toBe(2)
  })

  test('while locked it goes sealed; the receipt is compared when it is unlocked, and only then it is let go', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    await tablet.antwoord(CONTROLE, { 'ENT-21': 'ja' })
    tablet.kern.lock()
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.size).toBe(1)
    expect(await tablet.kern.om.db.gebeurtenissen.toArray()).toMatchObject([{ stand: 'bezorgd' }])
    await tablet.kern.unlockWithKey()
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
      const soorten = events(vraag).map((een) => een.soort)
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

  test('the clock of the device is compared with the service', async () => {
    const tablet = await Proeftablet.start(dienst)
    tablet.vooruit = 3_600_000
    await tablet.kern.setUpWithKey()
    await tablet.kern.verzender.now()
    const { klokVerschil, apparaatTijd } = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    expect(Math.abs(klokVerschil - 3600)).toBeLessThanOrEqual(2)
    expect(apparaatTijd).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
  })

  test('the report tells numbers and ages only', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.storing = (vraag) => (isBatch(vraag) ? refused('nee', 422) : undefined)
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
})

describe('changes back', () => {
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
    await tablet.kern.unlockWithKey()
    expect(tablet.kern.om.geheugen.pakketten.get(datum)?.pakket.datum).toBe(datum)
    expect(tablet.kern.om.geheugen.lijsten.has('ENT:1')).toBe(true)
    tablet.online = true
    await tablet.kern.ververs(datum)
    expect(dienst.vragen.at(-1)?.koppen.get('If-None-Match')).toBe('"p1"')
    expect(tablet.kern.om.geheugen.pakketten.get(datum)?.pakket.datum).toBe(datum)
  })

  test('what somebody fills in is kept at every tap, unreadable', async () => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.kern.bewaarConcept('vlag', { straat: 'Geheime laan' })
    expect(await tablet.disk()).not.toContain('Geheime laan')
    await tablet.reopen()
    await tablet.kern.unlockWithKey()
    expect(tablet.kern.om.geheugen.concepten.get('vlag')).toEqual({ straat: 'Geheime laan' })
    await tablet.kern.wisConcept('vlag')
    expect(tablet.kern.om.geheugen.concepten.size).toBe(0)
  })
})

test('the clock: an answer that was long under way does not move what is known, one that contradicts it does', async () => {
  let nu = 1_800_000_000_000
  const gehoord: number[] = []
  /** One answer: how far the service's clock is behind, and how long the way there and back took (all of it back). */
  const hoor = (achter: number, onderweg: number) => {
    const date = new Date(nu - achter * 1000).toUTCString()
    const fetch = async () => {
      nu += onderweg
      return new Response('{}', { headers: { Date: date } })
    }
    return { fetch }
  }
  let antwoord = hoor(0, 0)
  const netwerk = new Netwerk(
    () => antwoord.fetch(),
    () => nu,
    (verschil) => gehoord.push(verschil),
  )
  for (const [achter, onderweg] of [
    [5, 100],
    [5, 12_000],
    [6, 100],
    [65, 100],
  ] as const) {
    antwoord = hoor(achter, onderweg)
    await netwerk.ask('GET', '/v1/sessie')
  }
  expect(gehoord).toHaveLength(4)
  expect(gehoord[1]).toBe(gehoord[0])
  expect(gehoord[2]).toBe(gehoord[0])
  expect(Math.abs((gehoord[3] ?? 0) - 65)).toBeLessThanOrEqual(1)
  expect(Math.abs((gehoord[0] ?? 0) - 5)).toBeLessThanOrEqual(1)
})
