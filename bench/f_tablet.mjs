// The tablet app on a slow processor: first screen from its own store, and taps in the longest list. `./run bench f_tablet [rounds]`.

import { langste, mediaan, openAlles, vanafKoud } from '../web/browser/meten.mjs'
import { maakVeld, openTablet, stopProef } from '../web/browser/opstelling.mjs'
import { begin } from '../web/browser/robot.mjs'
import { tikken } from '../web/browser/tikken.mjs'

const RONDEN = Number(process.argv[2] ?? 5)
const hoogste = (rij) => Math.max(...rij)
const p95 = (rij) => [...rij].sort((a, b) => a - b)[Math.ceil(rij.length * 0.95) - 1]
const zeg = (wat, rij, grens = null) =>
  process.stdout.write(
    `${wat}: median ${mediaan(rij).toFixed(0)} ms, p95 ${p95(rij).toFixed(0)} ms, highest ${hoogste(rij).toFixed(0)} ms of ${rij.length}${grens === null ? '' : ` (limit ${grens} ms)`}\n`,
  )

const veld = await maakVeld()
const tablet = await openTablet()
try {
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.instellen()
  await tablet.werker()
  const eerste = []
  for (const versnel of [1, 6]) {
    await tablet.page.cdp.send('Emulation.setCPUThrottlingRate', { rate: versnel })
    eerste.length = 0
    for (let nr = 0; nr < RONDEN; nr += 1) eerste.push((await vanafKoud(tablet)).tot)
    zeg(`first screen, processor ${versnel}x slower`, eerste, 1000)
  }
  await tablet.page.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await tablet.ontgrendelen()
  const { page } = tablet
  await begin(page, langste(veld).naam, 'LOG')
  await page.cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const taps = []
  for (let nr = 0; nr < RONDEN; nr += 1) {
    taps.push(...(await tikken(tablet, 10, 'eerste')), ...(await tikken(tablet, 10)))
    await openAlles(page)
    taps.push(...(await tikken(tablet, 20)))
  }
  const anders = taps.filter(({ erbij }) => erbij !== 0)
  const gewoon = taps.filter(({ erbij }) => erbij === 0)
  const van = (rij, wat) => rij.map((een) => een[wat])
  zeg('tap to screen, processor 6x slower', van(taps, 'ms'), 50)
  zeg('work until the screen, processor 6x slower', van(taps, 'scherm'), 50)
  zeg('longest task after the screen, processor 6x slower', van(taps, 'langste'), 50)
  zeg('work of a tap in all, processor 6x slower', van(gewoon, 'werk'))
  zeg('work in all of a tap that opens or closes questions', van(anders, 'werk'))
} finally {
  await tablet.sluit()
  await stopProef()
}
