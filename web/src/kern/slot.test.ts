// The lock: what the disk holds does not open by itself, and locking leaves nothing in memory.

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { freshDisk, Proeftablet } from './proef'
import { Proefdienst } from './proefdienst'
import { STIL, ZONDER_DIENST } from './wachter'

const CONTROLE = '0190a000-0000-7000-8000-000000000001'
let dienst: Proefdienst

beforeEach(async () => {
  freshDisk()
  dienst = await Proefdienst.start()
})

describe('the lock', () => {
  test('a device key opens without network; another device does not', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.reopen()
    await tablet.kern.unlockWithKey()
    expect(tablet.kern.om.slot.get()).toMatchObject({
      stand: 'open',
      sessie: { accountId: dienst.accountId, csrf: null },
    })
    const ander = await Proeftablet.start(dienst)
    await expect(ander.kern.unlockWithKey()).rejects.toThrow()
    expect(ander.kern.om.kluis.open).toBe(false)
  })

  test('a PIN opens only with the half of the service; five wrong ones and it is gone', async () => {
    const tablet = await Proeftablet.start(dienst)
    await tablet.kern.setUpWithPin('735912')
    tablet.kern.lock()
    expect(await tablet.kern.unlockWithPin('111111')).toEqual({ gelukt: false, pogingenOver: 4, reden: 'onjuist' })
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: true })
    tablet.kern.lock()
    tablet.online = false
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'geen-netwerk' })
    tablet.online = true
    dienst.aangemeld = false
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'niet-aangemeld' })
    dienst.aangemeld = true
    for (const pin of ['1', '2', '3', '4', '5']) await tablet.kern.unlockWithPin(pin)
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'vernietigd' })
  })

  test('the PIN and the half are not on the disk', async () => {
    const tablet = await Proeftablet.start(dienst)
    await tablet.kern.setUpWithPin('735912')
    const schijf = await tablet.disk()
    expect(schijf).not.toContain('735912')
    expect(schijf).not.toContain('A'.repeat(43))
  })

  test('nobody touches it for five minutes: locked, memory empty; a late tap does not wake it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const tablet = await Proeftablet.open(dienst)
      tablet.online = false
      await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
      tablet.vooruit += STIL - 1000
      vi.advanceTimersByTime(20_000)
      expect(tablet.kern.om.kluis.open).toBe(true)
      tablet.kern.wachter.touched()
      tablet.vooruit += STIL + 1000
      tablet.kern.wachter.touched()
      expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'vergrendeld', sessie: null })
      expect(tablet.kern.om.geheugen.regels.size).toBe(0)
      expect(tablet.kern.om.kluis.open).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  test('hours without the service: locked, and the key of the device opens it again', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    for (let verstreken = 0; verstreken <= ZONDER_DIENST; verstreken += STIL / 2) {
      tablet.vooruit += STIL / 2
      tablet.kern.wachter.touched()
    }
    expect(tablet.kern.om.kluis.open).toBe(false)
    await tablet.kern.unlockWithKey()
    expect(tablet.kern.om.kluis.open).toBe(true)
  })

  test('somebody else signs in: what was left goes sealed, then all of it is gone', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    dienst.accountId = '0190a000-0000-7000-8000-00000000000b'
    await tablet.reopen()
    await tablet.kern.unlockWithKey()
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.kluis.open).toBe(false)
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.get(gebeurtenis.gebeurtenisId)).toEqual(gebeurtenis)
    expect(tablet.kern.om.slot.get().stand).toBe('instellen')
  })

  test('signing out delivers first, then nothing stays', async () => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    expect(await tablet.kern.signOut(false)).toEqual({ nietVerstuurd: 0 })
    expect(dienst.gebeurtenissen.size).toBe(1)
    expect(dienst.aangemeld).toBe(false)
    expect(tablet.kern.om.slot.get().stand).toBe('niet-aangemeld')
    for (const tabel of tablet.kern.om.db.tables) expect(await tabel.count()).toBe(0)
  })

  test('signing out without network asks first; when it must, what waits stays unreadable and is still delivered', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    expect(await tablet.kern.signOut(false)).toEqual({ nietVerstuurd: 1 })
    expect(tablet.kern.om.slot.get().stand).toBe('open')
    expect(await tablet.kern.signOut(true)).toEqual({ nietVerstuurd: 1 })
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    tablet.online = true
    dienst.aangemeld = false
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.has(gebeurtenis.gebeurtenisId)).toBe(true)
    expect(tablet.kern.om.slot.get().stand).toBe('niet-aangemeld')
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
  })

  test('a lost tablet is a locked one: it hears the order, delivers sealed, and wipes', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.reopen()
    dienst.wissen = true
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.size).toBe(1)
    expect(dienst.gewist).toBe(1)
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
  })

  test('a lost tablet whose session ended: it hears the order by its proof, delivers sealed, wipes, and tells it', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.reopen()
    dienst.aangemeld = false
    dienst.wissen = true
    dienst.wissenVoor = '0190a000-0000-7000-8000-0000000000ff'
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    dienst.wissenVoor = null
    const volgorde: string[] = []
    dienst.storing = ({ pad, inhoud }) => {
      const { zendingen, gewist } = (inhoud ?? {}) as { zendingen?: unknown[]; gewist?: boolean }
      if (pad.includes('_verzegeld')) volgorde.push(gewist ? 'gewist' : zendingen?.length ? 'bezorgd' : 'gevraagd')
      return undefined
    }
    const laatste = await tablet.kern.record({ controleId: null, soort: 'acuut', inhoud: {} })
    await tablet.kern.verzender.now()
    expect(volgorde).toEqual(['bezorgd', 'gevraagd', 'gewist'])
    expect([...dienst.gebeurtenissen.keys()]).toEqual([gebeurtenis.gebeurtenisId, laatste.gebeurtenisId])
    expect(dienst.gewist).toBe(1)
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
    for (const tabel of tablet.kern.om.db.tables) expect(await tabel.count()).toBe(0)
  })

  test('an order without a session while something cannot be delivered: kept until it is, then wiped', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.reopen()
    dienst.aangemeld = false
    dienst.wissen = true
    dienst.storing = ({ inhoud }) =>
      ((inhoud as { zendingen?: unknown[] } | null)?.zendingen?.length ?? 0) > 0
        ? new Response('', { status: 500 })
        : undefined
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(1)
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.has(gebeurtenis.gebeurtenisId)).toBe(true)
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  })

  test('five wrong PINs: the other half is gone, the outbox still arrives, and the tablet begins anew', async () => {
    const tablet = await Proeftablet.start(dienst)
    await tablet.kern.setUpWithPin('735912')
    await tablet.kern.verzender.now()
    tablet.online = false
    const open = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.reopen()
    const dicht = await tablet.kern.record({ controleId: null, soort: 'acuut', inhoud: {} })
    dienst.storing = (vraag) => (vraag.pad.includes('_verzegeld') ? new Response('', { status: 503 }) : undefined)
    tablet.online = true
    for (const pin of ['1', '2', '3', '4', '5']) await tablet.kern.unlockWithPin(pin)
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'vernietigd' })
    await tablet.kern.beginAnew()
    expect(tablet.kern.om.slot.get().stand).toBe('instellen')
    await tablet.kern.setUpWithPin('246813')
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    expect([...dienst.gebeurtenissen.keys()].sort()).toEqual([open.gebeurtenisId, dicht.gebeurtenisId].sort())
    expect((await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })).volgnummer).toBe(dicht.volgnummer + 1)
    tablet.kern.lock()
    expect(await tablet.kern.unlockWithPin('246813')).toMatchObject({ gelukt: true })
  })

  test('signed out by the service in the middle: what is entered goes sealed, and all goes on after signing in', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.aangemeld = false
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.get(gebeurtenis.gebeurtenisId)).toEqual(gebeurtenis)
    expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'open', aangemeld: false })
    expect(tablet.kern.om.bericht.get().wachtend).toBe(0)
    dienst.aangemeld = true
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get()).toMatchObject({ stand: 'open', aangemeld: true })
  })

  test('a tablet that begins anew without a new start is another device, and sends', async () => {
    const tablet = await Proeftablet.open(dienst)
    const eerst = tablet.kern.om.geheugen.apparaatId
    tablet.online = false
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.kern.signOut(true)
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get().stand).toBe('instellen')
    await tablet.kern.setUpWithPin('735912')
    const ander = tablet.kern.om.geheugen.apparaatId
    expect(ander).not.toBe(eerst)
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
    await tablet.kern.verzender.now()
    expect([...dienst.gebeurtenissen.values()].map((een) => [een.apparaatId, een.volgnummer])).toEqual([
      [eerst, 1],
      [ander, 1],
    ])
    await tablet.reopen()
    expect(await tablet.kern.unlockWithPin('735912')).toMatchObject({ gelukt: true })
  })

  test.each([
    ['the day', '/v1/werkpakketten/'],
    ['what changed', '/v1/synchronisaties/wijzigingen'],
  ])('an order to wipe is obeyed when %s cannot be fetched', async (_, pad) => {
    const tablet = await Proeftablet.open(dienst)
    tablet.vooruit = 360_000 // the day is due again
    dienst.wissen = true
    dienst.storing = (vraag) => (vraag.pad.startsWith(pad) ? new Response('', { status: 500 }) : undefined)
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  })

  test('an order while a record cannot be delivered: nobody reads on, nothing is lost, and then it is wiped', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.wissen = true
    dienst.storing = (vraag) =>
      vraag.pad.startsWith('/v1/synchronisaties') ? new Response('', { status: 500 }) : undefined
    const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(1)
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.has(gebeurtenis.gebeurtenisId)).toBe(true)
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  })

  test('an order to wipe: what waits goes first, then nothing stays, and the service hears it', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.wissen = true
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.size).toBe(1)
    expect(dienst.gewist).toBe(1)
    expect(tablet.kern.om.slot.get().stand).toBe('gewist')
    for (const tabel of tablet.kern.om.db.tables) expect(await tabel.count()).toBe(0)
  })
})
