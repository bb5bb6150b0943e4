// A tap in the list: on the screen at once, "opgeslagen" only when it is, and never anything else on the screen than on the disk.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { maakVeld, openTablet, stopProef } from './opstelling.mjs'
import { antwoord, begin } from './robot.mjs'

after(stopProef)

test('a full disk: the tap is taken back and the screen says so, also over the words on danger; what fits is there after a restart', {
  timeout: 120_000,
}, async () => {
  const veld = await maakVeld()
  const plek = veld.controles.find(({ type }) => type === 'HOT')
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    const { page } = tablet
    await begin(page, plek.naam, plek.type)
    await tablet.offline()
    const vraag = (code) => page.locator(`#vraag-${code}`)
    const tap = (code, keuze) => vraag(code).getByRole('radio', { name: keuze, exact: true }).click()
    await antwoord(page, 'BEV-11', 'Nee')

    await page.evaluate(() => {
      globalThis.add = IDBObjectStore.prototype.add
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('no room', 'QuotaExceededError')
      }
    })
    await tap('BEV-11', 'Ja')
    await page.getByRole('alert').getByText('De schijf van deze tablet is vol.').waitFor()
    await vraag('BEV-11').getByRole('radio', { name: 'Nee', exact: true, checked: true }).waitFor()
    await tap('BEV-13', 'Ja')
    const venster = page.getByRole('dialog')
    await venster.getByRole('alert').getByText('De schijf van deze tablet is vol.').waitFor()
    assert.equal(await venster.getByText('Uw antwoord is opgeslagen').count(), 0)
    await venster.getByRole('button', { name: 'Terug naar de lijst' }).click()
    assert.equal(await vraag('BEV-13').locator('[aria-checked="true"]').count(), 0)

    await page.evaluate(() => {
      IDBObjectStore.prototype.add = globalThis.add
    })
    await antwoord(page, 'BEV-11', 'Ja')
    await page.getByRole('alert').waitFor({ state: 'detached' })
    // Two taps in one breath, sooner than the first one is stored: both count.
    const keuzes = await vraag('ENT-18').evaluate((kaart) => {
      const [een, ander] = kaart.querySelectorAll('[role="checkbox"]')
      een.click()
      return new Promise((klaar) =>
        setTimeout(() => {
          ander.click()
          klaar([een.textContent, ander.textContent])
        }, 5),
      )
    })
    await page.locator('#vraag-ENT-18:not([aria-busy]) [aria-checked="true"]').nth(1).waitFor()
    await page.reload()
    await tablet.ontgrendelen({ kop: plek.naam })
    const gekozen = (code) => vraag(code).locator('[aria-checked="true"]').allTextContents()
    assert.deepEqual(await gekozen('ENT-18'), keuzes)
    assert.deepEqual(await gekozen('BEV-11'), ['Ja'])
    assert.deepEqual(await gekozen('BEV-13'), [])
  } finally {
    await tablet.sluit()
  }
})
