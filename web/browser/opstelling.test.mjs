// The harness itself: what every other browser test leans on.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { klant, maakVeld, openTablet, stopProef } from './opstelling.mjs'

after(stopProef)

test('a tablet signs in by the real pages and comes back after a kill', { timeout: 240_000 }, async () => {
  const veld = await maakVeld()
  const [sub] = Object.keys(veld.accounts)
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(sub)
    await tablet.doden()
    await tablet.heropen()
    await tablet.page.goto(`${tablet.url}/app/`)
    await tablet.page.getByRole('heading', { level: 1 }).waitFor()
    const van = await klant(sub)
    assert.equal((await van.lees(`/werkpakketten/${veld.datum}`)).controles.length, 12)
    assert.deepEqual(tablet.fouten, [])
    assert.deepEqual(tablet.vreemd, [])
  } finally {
    await tablet.sluit()
  }
})
