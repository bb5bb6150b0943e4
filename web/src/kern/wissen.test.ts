// Signing out, and an order to wipe: what waits is delivered first, then nothing is left.

import { beforeEach, expect, test } from 'vitest'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

/** Without network and locked, with one record that waits. */
async function lockedWithOne() {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await tablet.reopen()
  return { tablet, gebeurtenis }
}

/** One line, so that nobody takes it for a store that was lost. */
async function expectNothingLeft({ kern }: Proeftablet): Promise<void> {
  const rijen = await Promise.all(kern.om.db.tables.map((tabel) => tabel.toArray()))
  expect(rijen.flat()).toEqual([{ naam: 'leeggemaakt', waarde: { melden: null } }])
}

test.each([
  ['signing out', 'niet-aangemeld', (tablet: Proeftablet) => tablet.kern.loop.signOut(false)],
  [
    'an order to wipe',
    'gewist',
    (tablet: Proeftablet) => {
      dienst.wissen = true
      return tablet.kern.verzender.now()
    },
  ],
] as const)('%s: what waits goes first, then nothing stays, and the service hears it', async (_, stand, weg) => {
  const tablet = await Proeftablet.open(dienst)
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  await weg(tablet)
  expect(dienst.gebeurtenissen.size).toBe(1)
  expect(dienst.gewist).toBe(stand === 'gewist' ? 1 : 0)
  expect(dienst.aangemeld).toBe(false)
  expect(tablet.kern.om.slot.get()).toMatchObject({ stand, leeggemaakt: true })
  await expectNothingLeft(tablet)
})

test('signing out without network asks first; when it must, what waits stays unreadable and is still delivered', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  expect(await tablet.kern.loop.signOut(false)).toEqual({ nietVerstuurd: 1 })
  expect(tablet.kern.om.slot.get().stand).toBe('open')
  expect(await tablet.kern.loop.signOut(true)).toEqual({ nietVerstuurd: 1 })
  expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
  tablet.online = true
  dienst.aangemeld = false
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.has(gebeurtenis.gebeurtenisId)).toBe(true)
  expect(tablet.kern.om.slot.get().stand).toBe('niet-aangemeld')
  expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
})

test('a lost tablet is a locked one: it hears the order, delivers sealed, and wipes', async () => {
  const { tablet } = await lockedWithOne()
  dienst.wissen = true
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
  expect(dienst.gewist).toBe(1)
  expect(tablet.kern.om.slot.get().stand).toBe('gewist')
  expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
})

test('a lost tablet whose session ended: it hears the order by its proof, delivers sealed, wipes, and tells it', async () => {
  const { tablet, gebeurtenis } = await lockedWithOne()
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
  await expectNothingLeft(tablet)
})

test('an order without a session while something cannot be delivered: kept until it is, then wiped', async () => {
  const { tablet, gebeurtenis } = await lockedWithOne()
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

test('somebody else signs in: what was left goes sealed, then all of it is gone', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  const gebeurtenis = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  dienst.accountId = '0190a000-0000-7000-8000-00000000000b'
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  tablet.online = true
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.kluis.open).toBe(false)
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.get(gebeurtenis.gebeurtenisId)).toEqual(gebeurtenis)
  expect(tablet.kern.om.slot.get().stand).toBe('instellen')
})
