// The installation that a run of browser tests shares: started here when a file runs alone, else given by `alles.mjs`.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const WORTEL = fileURLToPath(new URL('../..', import.meta.url))

/** The Python of the project, or the one that is named. */
export function python() {
  const own = `${WORTEL}.venv/bin/python`
  return process.env.VELDWACHT_PYTHON ?? (existsSync(own) ? own : 'python3')
}

/** Starts service, sign-in and worker on a fresh database; `stop()` ends them, and so does the end of this process. */
export async function startProef() {
  const kind = spawn(python(), ['-m', 'tests.web.dienst'], { cwd: WORTEL, stdio: ['pipe', 'pipe', 'inherit'] })
  const gestopt = new Promise((resolve) => kind.once('exit', resolve))
  const regel = await new Promise((resolve, reject) => {
    let gelezen = ''
    kind.stdout.on('data', (deel) => {
      gelezen += deel
      if (gelezen.includes('\n')) resolve(gelezen)
    })
    kind.once('exit', (code) => reject(new Error(`the service did not start (code ${code})`)))
  })
  const gegevens = JSON.parse(regel)
  return {
    ...gegevens,
    stop: () => {
      kind.stdin.end()
      return gestopt
    },
  }
}

let eigen = null

/** The installation of this run. */
export async function proef() {
  if (process.env.VELDWACHT_PROEF) return JSON.parse(process.env.VELDWACHT_PROEF)
  eigen ??= startProef()
  return eigen
}

/** Ends what this process started itself; call it in the `after` of a file. */
export async function stopProef() {
  if (eigen === null) return
  const gestart = await eigen
  eigen = null
  await gestart.stop()
}

async function vraag(pad, inhoud = []) {
  const { proef: adres } = await proef()
  const antwoord = await fetch(adres + pad, { method: 'POST', body: JSON.stringify(inhoud) })
  if (!antwoord.ok) throw new Error(`${pad} gave ${antwoord.status}`)
  return antwoord.json()
}

/** A team of its own: two inspectors, a team leader, twelve controls of today (the last one integral). */
export const maakVeld = () => vraag('/veld')

/** Ends accounts as the municipality does when somebody leaves. */
export const beeindigAccount = (sub) => vraag('/account/beeindigen', [sub])

/** What the service holds of controls, by id: state, events, answers, quarantine, photos. */
export const leesStand = (ids) => vraag('/stand', ids)

/** Ends the service by SIGKILL; the worker and the sign-in go on. */
export const doodDienst = () => vraag('/dienst/doden')

export const startDienst = () => vraag('/dienst/starten')

/** The source of the background map: 'goed', 'stuk' or 'traag'; answers how many tiles it was asked so far. */
export const zetKaartbron = (hoe) => vraag('/kaartbron', [hoe])
