// What the app asks of the processor; `bench/f_tablet.mjs` measures by the clock on a machine that is quiet.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rekentijd, tikken, vanafKoud } from './meten.mjs'
import { maakVeld, openTablet, stopProef } from './opstelling.mjs'
import { begin } from './robot.mjs'

after(stopProef)

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const VAN_DE_KAART = /^(Landkaart|Plattegrond|maplibre)/

test('the app is under 400 kB compressed without the map', () => {
  const delen = [
    ...readdirSync(`${DIST}assets`)
      .filter((naam) => !VAN_DE_KAART.test(naam))
      .map((naam) => `assets/${naam}`),
    'index.html',
    'dienstwerker.js',
    'manifest.webmanifest',
  ]
  const som = delen.reduce((tot, naam) => tot + gzipSync(readFileSync(DIST + naam)).length, 0)
  assert.ok(som > 100_000 && som < 400_000, `${som} bytes`)
})

test('the first screen and a tap in the longest list ask little of the processor', async () => {
  const veld = await maakVeld()
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    await tablet.werker()
    const { page } = tablet
    await page.getByText(veld.controles[1].naam).first().waitFor()
    const eerste = await rekentijd(page, () => vanafKoud(tablet))
    assert.ok(eerste.ms < 1000, `first screen: ${eerste.ms.toFixed(0)} ms of work`)
    await tablet.ontgrendelen()
    await begin(page, veld.controles[1].naam, 'SEKS')
    await tablet.offline()
    await tikken(page, 2)
    const { ms, uitkomst } = await rekentijd(page, () => tikken(page, 20))
    const perTik = ms / uitkomst.length
    assert.ok(uitkomst.length >= 15)
    assert.ok(perTik < 50, `${perTik.toFixed(1)} ms of work for a tap`)
  } finally {
    await tablet.sluit()
  }
})
