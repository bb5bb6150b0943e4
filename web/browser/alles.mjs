// Runs all browser tests against one installation: `npm run test:browser [-- file ...]`. The report is TAP.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProef } from './proef.mjs'

const HIER = fileURLToPath(new URL('.', import.meta.url))
/** These measure, end the service, or put another build in its place: nothing may run beside them. */
const ALLEEN = new Set(['snelheid.test.mjs', 'werkdag.test.mjs', 'bijwerken.test.mjs'])
const gevraagd = process.argv.slice(2)
const bestanden =
  gevraagd.length > 0
    ? gevraagd
    : readdirSync(HIER)
        .filter((naam) => naam.endsWith('.test.mjs'))
        .sort()
        .map((naam) => HIER + naam)

const { stop, ...gegevens } = await startProef()

function run(samen, tegelijk) {
  if (samen.length === 0) return 0
  const opties = ['--test', `--test-concurrency=${tegelijk}`, '--test-reporter=tap']
  const env = { ...process.env, VELDWACHT_PROEF: JSON.stringify(gegevens) }
  const toets = spawn(process.execPath, [...opties, ...samen], { stdio: 'inherit', env })
  for (const sein of ['SIGINT', 'SIGTERM']) process.once(sein, () => toets.kill(sein))
  return new Promise((resolve) => toets.once('exit', (uit) => resolve(uit ?? 1)))
}

const samen = bestanden.filter((bestand) => !ALLEEN.has(basename(bestand)))
const alleen = bestanden.filter((bestand) => ALLEEN.has(basename(bestand)))
const codes = [await run(alleen, 1), await run(samen, 2)]
await stop()
process.exit(Math.max(...codes))
