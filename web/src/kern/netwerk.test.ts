// The clock of the device, compared with that of the service; and what is an answer of the service.

import { beforeEach, expect, test } from 'vitest'
import { GeenAntwoord, Netwerk } from './netwerk'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

test('the clock of the device is compared with the service', async () => {
  const tablet = await Proeftablet.start(dienst)
  tablet.vooruit = 3_600_000
  await tablet.kern.loop.setUpWithKey()
  await tablet.kern.verzender.now()
  const { klokVerschil, apparaatTijd } = await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  expect(Math.abs(klokVerschil - 3600)).toBeLessThanOrEqual(2)
  expect(apparaatTijd).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
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

test('a proxy that has lost the service is no answer of it: what waits goes on waiting', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  tablet.online = true
  dienst.storing = ({ pad }) => (pad.startsWith('/v1/') ? new Response('no route', { status: 404 }) : undefined)
  await tablet.kern.verzender.now()
  expect(tablet.kern.om.bericht.get()).toMatchObject({ online: false, wachtend: 1, vraagtAandacht: 0 })
  const bezet = new Netwerk(
    async () => new Response('', { status: 405 }),
    Date.now,
    () => undefined,
  )
  await expect(bezet.ask('DELETE', '/v1/bijlagen/x')).rejects.toThrow(GeenAntwoord)
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
})
