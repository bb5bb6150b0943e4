// The start: a store that does not open or read is no empty store, and a browser that is killed half way goes on where it was.

import Dexie from 'dexie'
import { IDBObjectStore } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { ANDER, CONTROLE, deviceKey, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'
import { alone, type Bericht, type Tabbladen } from './tabbladen'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

/** The browser fails so many times to open what it keeps; the disk is the same all the time. */
function failToOpen(keer: number): void {
  const echt = Dexie.dependencies.indexedDB as IDBFactory
  const weigert = new Proxy(echt, {
    get: (doel, naam) => {
      const wat = Reflect.get(doel, naam)
      if (naam !== 'open' || keer-- <= 0) return typeof wat === 'function' ? wat.bind(doel) : wat
      return () => {
        throw new DOMException('Internal error opening backing store', 'InvalidStateError')
      }
    },
  })
  Dexie.dependencies.indexedDB = weigert
}

async function withOneRecord(): Promise<Proeftablet> {
  const tablet = await Proeftablet.open(dienst, { openwachten: [0, 0] })
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  return tablet
}

test('a store that opens at the third try is the same store', async () => {
  const tablet = await withOneRecord()
  failToOpen(2)
  await tablet.reopen()
  expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
  await tablet.kern.loop.unlockWithKey()
  expect(tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'ja' })
})

test('a store that does not open is said, never taken for empty, and opens when somebody asks again', async () => {
  const tablet = await withOneRecord()
  failToOpen(3)
  await expect(tablet.reopen()).rejects.toMatchObject({ code: 'opslag-dicht' })
  tablet.online = true
  await tablet.reopen()
  expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
  await tablet.kern.loop.unlockWithKey()
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
})

test.each([1, 2, 3, 4, 5, 6])(
  'read %i of the start fails: no screen to set up, and the next start finds all of it',
  async (welke) => {
    const tablet = await withOneRecord()
    tablet.online = true
    const echt = IDBObjectStore.prototype.get
    let nr = 0
    const lees = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, sleutel) {
      nr += 1
      if (nr === welke) throw new DOMException('read failed', 'UnknownError')
      return echt.call(this, sleutel)
    })
    await expect(tablet.reopen()).rejects.toThrow('read failed')
    lees.mockRestore()
    expect(tablet.kern.om.slot.get().stand).not.toBe('instellen')
    await tablet.reopen()
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    await tablet.kern.loop.unlockWithKey()
    expect(tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'ja' })
  },
)

test('killed between the two writes of setting up: locked, opens, and what is entered arrives', async () => {
  const tablet = await Proeftablet.start(dienst)
  tablet.kern.om.db.kluis.hook('creating', () => {
    throw new Error('killed')
  })
  await expect(tablet.kern.loop.setUpWithPin('735912')).rejects.toThrow('killed')
  await tablet.reopen()
  expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'vergrendeld', ontgrendelen: ['pincode'] })
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: true })
  await tablet.kern.verzender.now()
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
  expect(tablet.kern.om.slot.get().sessie?.accountId).toBe(dienst.accountId)
})

test('two tabs that both ask to be set up: the second does not put its key in the place of the first', async () => {
  const { tabs, tell } = twoTabs()
  const houder = deviceKey()
  const een = await Proeftablet.start(dienst, { houder, tabbladen: tabs[0] })
  const twee = await Proeftablet.start(dienst, { houder, tabbladen: tabs[1] })
  const uitslagen = await Promise.allSettled([
    een.kern.loop.setUpWithPin('735912'),
    twee.kern.loop.setUpWithPin('246813'),
  ])
  expect(uitslagen.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(uitslagen[1]).toMatchObject({ reason: { code: 'al-ingesteld' } })
  expect(twee.kern.om.slot.get().stand).toBe('vergrendeld')
  een.kern.loop.lock()
  expect(await een.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: true })
  expect(tell).toContain('gewijzigd')
})

test('a tab that asks to be set up hears that another one did it', async () => {
  const { tabs } = twoTabs()
  const houder = deviceKey()
  const een = await Proeftablet.start(dienst, { houder, tabbladen: tabs[0] })
  const twee = await Proeftablet.start(dienst, { houder, tabbladen: tabs[1] })
  expect(twee.kern.om.slot.get().stand).toBe('instellen')
  await een.kern.loop.setUpWithKey()
  await vi.waitFor(() => expect(twee.kern.om.slot.get().stand).toBe('vergrendeld'))
  await twee.kern.loop.unlockWithKey()
  expect(twee.kern.om.slot.get().stand).toBe('open')
})

test.each(['/sleutelhelft', '/afmelden'])(
  'killed while signing out, at %s: the next start brings it to its end',
  async (pad) => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    dienst.storing = (vraag) => (vraag.pad.endsWith(pad) ? (new Promise(() => undefined) as never) : undefined)
    void tablet.kern.loop.signOut(false)
    await vi.waitFor(() => expect(dienst.vragen.at(-1)?.pad).toContain(pad))
    await tablet.reopen()
    expect(tablet.kern.om.slot.get()).toMatchObject({ leeggemaakt: true, ontgrendelen: ['sleutel', 'pincode'] })
    expect(dienst.gebeurtenissen.size).toBe(1)
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
    await tablet.kern.loop.setUpWithKey()
    expect(tablet.kern.om.slot.get().stand).toBe('open')
  },
)

test('who signed out with something left and comes back keeps working: nothing is taken away under his hands', async () => {
  const tablet = await withOneRecord()
  await tablet.kern.loop.signOut(true)
  await tablet.reopen()
  expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
  tablet.online = true
  await tablet.kern.loop.unlockWithKey()
  await tablet.antwoord(ANDER, { 'ENT-01': 'nee' })
  await tablet.kern.verzender.now()
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(2)
  expect(tablet.kern.om.slot.get().stand).toBe('open')
  expect(tablet.kern.om.geheugen.controle(ANDER)?.antwoorden).toEqual({ 'ENT-01': 'nee' })
})

test('wiped by order, and the network is gone before that was told: the next start tells it, once', async () => {
  const tablet = await Proeftablet.open(dienst)
  dienst.wissen = true
  dienst.storing = ({ pad, inhoud }) => {
    if (pad.endsWith('/_gewist') || (inhoud as { gewist?: boolean } | null)?.gewist) throw new TypeError('no network')
    return undefined
  }
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  expect(dienst.gewist).toBe(0)
  dienst.storing = () => undefined
  dienst.wissen = false
  await tablet.reopen()
  await tablet.reopen()
  expect(dienst.gewist).toBe(1)
})

test('emptied while the key of the device is being asked for: it does not open over an empty store', async () => {
  const houder = deviceKey()
  let laatLos = () => {}
  const dicht = new Promise<void>((klaar) => {
    laatLos = klaar
  })
  const tablet = await Proeftablet.open(dienst, {
    houder: { ...houder, ask: (id, zout) => dicht.then(() => houder.ask(id, zout)) },
  })
  tablet.kern.loop.lock()
  const open = tablet.kern.loop.unlockWithKey()
  dienst.wissen = true
  await tablet.kern.verzender.now()
  laatLos()
  await expect(open).rejects.toMatchObject({ code: 'niet-ingesteld' })
  expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  expect(tablet.kern.om.kluis.open).toBe(false)
})

/** Two tabs of one browser: they hear each other, and one at a time sets up. */
function twoTabs(): { tabs: [Tabbladen, Tabbladen]; tell: Bericht[] } {
  const luisteraars: ((wat: Bericht) => void)[] = []
  const tell: Bericht[] = []
  let rij: Promise<unknown> = Promise.resolve()
  const tab = (nr: number): Tabbladen => ({
    ...alone,
    lead: (onLead, onSecond) => (nr === 0 ? onLead() : onSecond()),
    byOne: (werk) => {
      const klaar = rij.then(werk)
      rij = klaar.catch(() => undefined)
      return klaar
    },
    tell: (wat) => {
      tell.push(wat)
      luisteraars[1 - nr]?.(wat)
    },
    onTold: (luister) => {
      luisteraars[nr] = luister
    },
  })
  return { tabs: [tab(0), tab(1)], tell }
}
