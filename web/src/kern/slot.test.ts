// The lock: what the disk holds does not open by itself, and locking leaves nothing in memory.

import { beforeEach, expect, test, vi } from 'vitest'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'
import { STIL, ZONDER_DIENST } from './wachter'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('a device key opens without network; another device does not', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  expect(tablet.kern.om.slot.get()).toMatchObject({
    stand: 'open',
    sessie: { accountId: dienst.accountId, csrf: null },
  })
  const ander = await Proeftablet.start(dienst)
  await expect(ander.kern.loop.unlockWithKey()).rejects.toThrow()
  expect(ander.kern.om.kluis.open).toBe(false)
})

test('a PIN opens only with the half of the service; five wrong ones and it is gone', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithPin('735912')
  tablet.kern.loop.lock()
  expect(await tablet.kern.loop.unlockWithPin('111111')).toEqual({ gelukt: false, pogingenOver: 4, reden: 'onjuist' })
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: true })
  tablet.kern.loop.lock()
  tablet.online = false
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'geen-netwerk' })
  tablet.online = true
  dienst.aangemeld = false
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'niet-aangemeld' })
  dienst.aangemeld = true
  for (const pin of ['1', '2', '3', '4', '5']) await tablet.kern.loop.unlockWithPin(pin)
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'vernietigd' })
})

test('why a PIN does not open: what the service says of it, and nothing of what stands in between', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithPin('735912')
  tablet.kern.loop.lock()
  const reden = async (antwoord: Response) => {
    dienst.storing = ({ pad }) => (pad.endsWith('_sleutelhelft') ? antwoord : undefined)
    return (await tablet.kern.loop.unlockWithPin('735912')).reden
  }
  // A wifi or a proxy that refuses must never look like a key that is gone: that would have photos thrown away.
  expect(await reden(new Response('<html>', { status: 403 }))).toBe('geen-netwerk')
  expect(await reden(new Response('', { status: 404 }))).toBe('geen-netwerk')
  const probleem = (code: string) => JSON.stringify({ type: `urn:veldwacht:probleem:${code}`, detail: '' })
  expect(await reden(new Response(probleem('geen-recht'), { status: 403 }))).toBe('geweigerd')
  expect(await reden(new Response(probleem('sleutelhelft-niet-gevonden'), { status: 404 }))).toBe('geen-helft')
  // The fifth wrong one is remembered, also when the app was killed in between.
  dienst.storing = () => undefined
  for (const pin of ['1', '2', '3', '4', '5']) await tablet.kern.loop.unlockWithPin(pin)
  await tablet.reopen()
  expect((await tablet.kern.loop.unlockWithPin('735912')).reden).toBe('vernietigd')
})

test('the PIN and the half are not on the disk', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithPin('735912')
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
  await tablet.kern.loop.unlockWithKey()
  expect(tablet.kern.om.kluis.open).toBe(true)
})

test('five wrong PINs: the other half is gone, the outbox still arrives, and the tablet begins anew', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithPin('735912')
  await tablet.kern.verzender.now()
  tablet.online = false
  const open = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.reopen()
  const dicht = await tablet.kern.record({ controleId: null, soort: 'acuut', inhoud: {} })
  dienst.storing = (vraag) => (vraag.pad.includes('_verzegeld') ? new Response('', { status: 503 }) : undefined)
  tablet.online = true
  for (const pin of ['1', '2', '3', '4', '5']) await tablet.kern.loop.unlockWithPin(pin)
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: false, reden: 'vernietigd' })
  await tablet.kern.loop.beginAnew()
  expect(tablet.kern.om.slot.get().stand).toBe('instellen')
  await tablet.kern.loop.setUpWithPin('246813')
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect([...dienst.gebeurtenissen.keys()].sort()).toEqual([open.gebeurtenisId, dicht.gebeurtenisId].sort())
  expect((await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })).volgnummer).toBe(dicht.volgnummer + 1)
  tablet.kern.loop.lock()
  expect(await tablet.kern.loop.unlockWithPin('246813')).toMatchObject({ gelukt: true })
})

test('a tablet that begins anew without a new start is another device, and sends', async () => {
  const tablet = await Proeftablet.open(dienst)
  const eerst = tablet.kern.om.geheugen.apparaatId
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.loop.signOut(true)
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.slot.get().stand).toBe('instellen')
  await tablet.kern.loop.setUpWithPin('735912')
  const ander = tablet.kern.om.geheugen.apparaatId
  expect(ander).not.toBe(eerst)
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
  await tablet.kern.verzender.now()
  expect([...dienst.gebeurtenissen.values()].map((een) => [een.apparaatId, een.volgnummer])).toEqual([
    [eerst, 1],
    [ander, 1],
  ])
  await tablet.reopen()
  expect(await tablet.kern.loop.unlockWithPin('735912')).toMatchObject({ gelukt: true })
})

test('set up and without network right after: what is recorded arrives while locked', async () => {
  const tablet = await Proeftablet.start(dienst)
  await tablet.kern.loop.setUpWithKey()
  tablet.online = false
  const { gebeurtenisId } = await tablet.kern.record({ controleId: CONTROLE, soort: 'acuut', inhoud: {} })
  await tablet.reopen()
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
  expect(dienst.verzegeldGezien).toEqual([gebeurtenisId])
})

test('a proof of delivery that was not given is asked for again, and what was recorded meanwhile is sealed after all', async () => {
  dienst.storing = ({ pad }) => (pad.endsWith('/_bezorgbewijs') ? new Response('{}', { status: 409 }) : undefined)
  const tablet = await Proeftablet.open(dienst)
  expect(tablet.kern.om.zegel.bewijs).toBeNull()
  dienst.storing = ({ pad }) => (pad === '/v1/synchronisaties' ? new Response('{}', { status: 503 }) : undefined)
  const { gebeurtenisId } = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.kern.verzender.end()
  tablet.kern.verzender.start()
  await vi.waitFor(() => expect(tablet.kern.om.zegel.bewijs).not.toBeNull())
  await vi.waitFor(async () => expect((await tablet.kern.om.db.gebeurtenissen.get(gebeurtenisId))?.jwe).toBeDefined())
})
