// How long a tap takes until it is on the disk, on a processor that is slowed down six times.

import { randomInt } from 'node:crypto'
import { maakVeld, openTablet } from './opstelling.mjs'
import { begin, bundel } from './sporen.mjs'

/** Milliseconds of each of so many records, one after the other, in a control that already holds as many answers as the longest list. */
export async function meetTikken(aantal, versnel = 6) {
  const code = await bundel()
  const veld = await maakVeld()
  const [sub] = Object.keys(veld.accounts)
  const pin = String(randomInt(10 ** 9, 10 ** 10))
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(sub)
    await tablet.instellen({ pin })
    await begin(tablet, code, sub, pin)
    await tablet.offline()
    await tablet.page.cdp.send('Emulation.setCPUThrottlingRate', { rate: versnel })
    return await tablet.page.evaluate(
      async ({ controleId, keren }) => {
        const { kern } = globalThis
        const tijden = []
        for (let keer = 0; keer < keren + 100; keer++) {
          const begonnen = performance.now()
          const antwoorden = { [`ENT-${keer % 100}`]: 'ja' }
          await kern.record({ controleId, soort: 'antwoorden', inhoud: { lijstversies: { ENT: 1 }, antwoorden } })
          kern.om.geheugen.controle(controleId) // what a screen reads before it draws
          if (keer >= 100) tijden.push(performance.now() - begonnen)
          await new Promise((klaar) => setTimeout(klaar, 50))
        }
        return tijden.toSorted((a, b) => a - b)
      },
      { controleId: veld.controles[0].id, keren: aantal },
    )
  } finally {
    await tablet.sluit()
  }
}
