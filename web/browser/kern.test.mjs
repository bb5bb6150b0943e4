// The kernel in a real browser: the key of the device opens without network, a second tab says so, and what may not stay leaves.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import { bundel, inject } from './sporen.mjs'

after(stopProef)

test('[DAT-13] key of the device, two tabs, and a disk without confidential answers after receipt', {
  timeout: 240_000,
}, async () => {
  const code = await bundel()
  const veld = await maakVeld()
  const [sub] = Object.keys(veld.accounts)
  const controleId = veld.controles.find((controle) => controle.type === 'HOR').id
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(sub)
    await tablet.instellen()
    await tablet.page.getByRole('heading', { name: 'Proefplek' }).first().waitFor()
    // Away from the app, or its own kernel would be the one that sends.
    await tablet.page.goto(`${tablet.url}/app/pictogram-192.png`)
    await inject(tablet, code)
    await tablet.offline()
    const { page } = tablet
    const open = await page.evaluate(async (dag) => {
      globalThis.kern = await globalThis.proefkern.open()
      await globalThis.kern.start()
      const voor = globalThis.kern.om.slot.get().stand
      await globalThis.kern.loop.unlockWithKey()
      return [
        voor,
        globalThis.kern.om.slot.get().stand,
        globalThis.kern.om.geheugen.controles().filter(({ pakket }) => pakket?.datum === dag).length,
      ]
    }, veld.datum)
    assert.deepEqual(open, ['vergrendeld', 'open', 12])

    const tweede = await page.evaluate(async () => {
      const kern = await globalThis.proefkern.open()
      await kern.start()
      const seconds = await new Promise((klaar) => setTimeout(() => klaar(kern.om.bericht.get().anderTabblad), 300))
      await kern.close()
      return seconds
    })
    assert.equal(tweede, true)

    await page.evaluate(async (controle) => {
      const antwoorden = { 'ENT-01': 3, 'ENT-21': 'ja' }
      await globalThis.kern.record({
        controleId: controle,
        soort: 'antwoorden',
        inhoud: { lijstversies: { ENT: 1 }, antwoorden },
      })
      await globalThis.kern.record({ controleId: controle, soort: 'acuut', inhoud: {} })
    }, controleId)
    await tablet.online()
    const leeg = await totdat(async () => {
      await page.evaluate(() => globalThis.kern.verzender.now())
      return page.evaluate(() => globalThis.kern.om.bericht.get().wachtend === 0)
    }, 30)
    assert.equal(leeg, true)
    const opSchijf = await page.evaluate(async (controle) => {
      const { kern } = globalThis
      const rijen = await kern.om.db.gebeurtenissen.toArray()
      const open = await Promise.all(rijen.map((rij) => kern.om.kluis.decrypt(rij.gebeurtenisId, rij.geheim)))
      return {
        rijen: open.map((een) => [een.gebeurtenis.soort, een.gebeurtenis.inhoud.antwoorden]),
        verzegeld: rijen.filter((rij) => rij.jwe !== undefined).length,
        geheugen: kern.om.geheugen.controle(controle).antwoorden['ENT-21'],
      }
    }, controleId)
    assert.deepEqual(opSchijf, { rijen: [['antwoorden', { 'ENT-01': 3 }]], verzegeld: 0, geheugen: 'ja' })
  } finally {
    await tablet.sluit()
  }
})
