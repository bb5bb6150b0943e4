// How fast the app is on a slow processor (6x): the limits of the figures, with room for a busy machine. `bench/f_tablet.mjs` measures at length.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { mediaan, tikken, vanafKoud } from './meten.mjs'
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

test('the first screen stands from the store of the app, and a tap in the longest list is answered at once', async () => {
  const veld = await maakVeld()
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    await tablet.werker()
    const { page } = tablet
    await page.getByText(veld.controles[1].naam).first().waitFor()
    await page.reload()
    const { tot: eerste } = await vanafKoud(tablet)
    await tablet.ontgrendelen()
    await begin(page, veld.controles[1].naam, 'SEKS')
    await page.cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
    const tijden = await tikken(page, 12)
    // Half of the taps: what a busy machine does in between is not the app's.
    assert.ok(mediaan(tijden) < 50, `taps took ${tijden.map((een) => een.toFixed(0)).join(', ')} ms`)
    assert.ok(eerste < 1000, `first screen after ${eerste.toFixed(0)} ms`)
  } finally {
    await tablet.sluit()
  }
})
