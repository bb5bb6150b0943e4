// F26 in short: three kills. The long run is bench/f26_tablet.mjs.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { stopProef } from './proef.mjs'
import { meetSporen } from './sporen.mjs'

after(stopProef)

test('a killed tablet shows nothing to who searches its disk, and loses nothing', { timeout: 240_000 }, async () => {
  const uitslag = await meetSporen(3)
  assert.equal(uitslag.blind, false, 'the search finds what is not encrypted')
  assert.deepEqual(uitslag.gevonden, [])
  assert.ok(uitslag.geheimen >= 20)
  assert.ok(uitslag.bevestigd > 0)
  assert.equal(uitslag.leeg, true)
  assert.deepEqual(uitslag.kwijtOfDubbel, [])
  assert.deepEqual(uitslag.fotosKwijtOfDubbel, [])
})
