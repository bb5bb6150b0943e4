// The tablet app on a slow processor: first screen from its own store, and taps in the longest list. `./run bench f_tablet [rounds]`.

import { mediaan, tikken, vanafKoud } from '../web/browser/meten.mjs'
import { maakVeld, openTablet, stopProef } from '../web/browser/opstelling.mjs'
import { begin } from '../web/browser/robot.mjs'

const RONDEN = Number(process.argv[2] ?? 5)
const hoogste = (rij) => Math.max(...rij)
const zeg = (wat, rij, grens) =>
  process.stdout.write(
    `${wat}: median ${mediaan(rij).toFixed(0)} ms, highest ${hoogste(rij).toFixed(0)} ms of ${rij.length} (limit ${grens} ms)\n`,
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
  await begin(tablet.page, veld.controles[1].naam, 'SEKS')
  await tablet.page.cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const tijden = []
  for (let nr = 0; nr < RONDEN; nr += 1) tijden.push(...(await tikken(tablet.page, 40)))
  zeg('tap to screen, processor 6x slower', tijden, 50)
} finally {
  await tablet.sluit()
  await stopProef()
}
