// What the app asks of the processor; `bench/f_tablet.mjs` measures by the clock on a machine that is quiet.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { langste, mediaan, openAlles, rekentijd, tikken, vanafKoud } from './meten.mjs'
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

/** Milliseconds on this machine that are 50 on a tablet whose processor is six times slower. */
const VIJFTIG = 50 / 6
// Other work on the machine costs some of its memory and cache too; what a tap would lose again is more than this.
const MARGE = 1.25

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
    await begin(page, langste(veld).naam, 'LOG')
    await tablet.offline()
    // The first taps also compile what the next ones use.
    const wisselend = [...(await tikken(page, 6, 'eerste')), ...(await tikken(page, 6))]
    await openAlles(page)
    const lang = await tikken(page, 16)
    const gewoon = lang.filter(({ erbij }) => erbij === 0).map(({ werk }) => werk)
    assert.ok(gewoon.length >= 5)
    assert.ok(mediaan(gewoon) < VIJFTIG * MARGE, `${gewoon.map((ms) => ms.toFixed(1))} ms of work for a tap`)
    // The card goes first; questions that come or go with it may be drawn right after.
    const anders = [...wisselend, ...lang].filter(({ erbij }) => erbij !== 0).map(({ werk }) => werk)
    assert.ok(anders.length >= 3, 'no tap opened or closed a question')
    assert.ok(mediaan(anders) < 2 * VIJFTIG * MARGE, `${anders.map((ms) => ms.toFixed(1))} ms with other questions`)
  } finally {
    await tablet.sluit()
  }
})
