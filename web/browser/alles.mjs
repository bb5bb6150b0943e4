// Runs all browser tests against one installation: `npm run test:browser [-- file ...]`. The report is TAP.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startProef } from './proef.mjs'

const HIER = fileURLToPath(new URL('.', import.meta.url))
const gevraagd = process.argv.slice(2)
const bestanden =
  gevraagd.length > 0
    ? gevraagd
    : readdirSync(HIER)
        .filter((naam) => naam.endsWith('.test.mjs'))
        .sort()
        .map((naam) => HIER + naam)

const { stop, ...gegevens } = await startProef()
const toets = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', ...bestanden], {
  stdio: 'inherit',
  env: { ...process.env, VELDWACHT_PROEF: JSON.stringify(gegevens) },
})
for (const sein of ['SIGINT', 'SIGTERM']) process.on(sein, () => toets.kill(sein))
const code = await new Promise((resolve) => toets.once('exit', (uit) => resolve(uit ?? 1)))
await stop()
process.exit(code)
