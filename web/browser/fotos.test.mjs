// Photos of a control without network: thirty at once, and a browser that has no room any more. What was acknowledged arrives; what was not, is said.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openAlles } from './meten.mjs'
import { leesStand, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import { begin } from './robot.mjs'
import { begin as beginKern, bundel } from './sporen.mjs'

const PIN = '735912'
let veld
let tablet
let plek

before(async () => {
  veld = await maakVeld()
  plek = veld.controles.find(({ type }) => type === 'LOG')
  tablet = await openTablet()
  await ruimte(14)
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.instellen({ pin: PIN })
  await tablet.page.getByText(plek.naam).first().waitFor()
})

after(async () => {
  await tablet?.sluit()
  await stopProef()
})

/** The room that the browser gives us beyond what is used now, in megabytes. It looks again only when it thinks that there is none. */
async function ruimte(mb) {
  const { usage } = await tablet.page.cdp.send('Storage.getUsageAndQuota', { origin: tablet.url })
  const quotaSize = Math.round(usage + mb * 1024 * 1024)
  await tablet.page.cdp.send('Storage.overrideQuotaForOrigin', { origin: tablet.url, quotaSize })
}

/** Takes what room there is left, in a store of its own; only a reserve that is given up makes room again. */
async function maakVol() {
  await tablet.page.evaluate(async () => {
    const db = await new Promise((klaar) => {
      const vraag = indexedDB.open('ballast', 1)
      vraag.onupgradeneeded = () => vraag.result.createObjectStore('ballast', { autoIncrement: true })
      vraag.onsuccess = () => klaar(vraag.result)
    })
    const past = (grootte) =>
      new Promise((klaar) => {
        const werk = db.transaction('ballast', 'readwrite')
        werk.objectStore('ballast').add(crypto.getRandomValues(new Uint8Array(grootte)))
        werk.oncomplete = () => klaar(true)
        werk.onabort = () => klaar(false)
      })
    for (const grootte of [65_536, 8192, 1024]) while (await past(grootte));
    db.close()
  })
  await ruimte(-1)
}

test('the disk is full at "Gebruik foto": the picture stays on the screen with the reason, and a second tap stores it', {
  timeout: 120_000,
}, async () => {
  const { page } = tablet
  await begin(page, plek.naam, plek.type)
  await tablet.offline()
  const vraag = page.locator('#vraag-HUI-24')
  await openAlles(page)
  await vraag.getByRole('button', { name: 'Foto maken' }).click()
  await page.getByRole('button', { name: 'Maak foto' }).click()
  await page.getByRole('button', { name: 'Gebruik foto' }).waitFor()
  await maakVol()
  // What was kept in reserve is given up first; then there is nothing left.
  await page.getByRole('button', { name: 'Gebruik foto' }).click()
  await vraag.getByRole('img', { name: 'Foto 1' }).waitFor()
  await page.getByText('De schijf is vol.', { exact: false }).first().waitFor()
  await maakVol()
  await vraag.getByRole('button', { name: 'Nog een foto maken' }).click()
  await page.getByRole('button', { name: 'Maak foto' }).click()
  await page.getByRole('button', { name: 'Gebruik foto' }).click()
  await page.getByRole('status').getByText('De schijf van deze tablet is vol. Dit is niet opgeslagen.').waitFor()
  await ruimte(3)
  await page.getByRole('button', { name: 'Gebruik foto' }).click()
  await vraag.getByRole('img', { name: 'Foto 2' }).waitFor()
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.deepEqual(tablet.fouten, [])
})

test('thirty at once without network and with room for a part of them: each one that was acknowledged arrives, once', {
  timeout: 240_000,
}, async () => {
  const { page } = tablet
  await tablet.online()
  await page.getByText('Alles is aangekomen').waitFor()
  await beginKern(tablet, await bundel(), Object.keys(veld.accounts)[0], PIN)
  await tablet.offline()
  await page.evaluate(async () => {
    globalThis.beelden = await Promise.all(
      Array.from({ length: 28 }, async (_, nr) => {
        const doek = new OffscreenCanvas(640, 480)
        const pen = doek.getContext('2d')
        const vlak = pen.createImageData(640, 480)
        for (let plek = 0; plek < vlak.data.length; plek += 65_536)
          crypto.getRandomValues(vlak.data.subarray(plek, plek + 65_536))
        pen.putImageData(vlak, 0, 0)
        const beeld = await doek.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
        return { beeld, item: nr < 18 ? 'HUI-24' : 'ARB-24' }
      }),
    )
  })
  const vraagOm = () =>
    page.evaluate(async (controleId) => {
      const werk = globalThis.beelden.map(({ beeld, item }) => globalThis.kern.addFoto(controleId, item, beeld))
      const uitslag = await Promise.allSettled(werk)
      globalThis.beelden = globalThis.beelden.filter((_, nr) => uitslag[nr].status === 'rejected')
      return {
        gelukt: uitslag.filter(({ value }) => value).map(({ value }) => value.id),
        redenen: [...new Set(uitslag.filter(({ reason }) => reason).map(({ reason }) => reason.code))],
        gezegd: globalThis.kern.om.bericht.get().schijfVol,
      }
    }, plek.id)
  await maakVol()
  await ruimte(1)
  const krap = await vraagOm()
  assert.ok(krap.gelukt.length > 0 && krap.gelukt.length < 28, `${krap.gelukt.length} fitted`)
  assert.deepEqual(krap.redenen, ['schijf-vol'])
  assert.equal(krap.gezegd, true)
  await ruimte(30)
  const ruim = await vraagOm()
  assert.deepEqual(ruim.redenen, [])
  const ids = [...krap.gelukt, ...ruim.gelukt]
  assert.equal(new Set(ids).size, 28)

  // The battery is empty; after it all of them are there and go.
  await tablet.doden()
  await tablet.heropen()
  await tablet.online()
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.ontgrendelen({ pin: PIN })
  await tablet.page.getByText('Alles is aangekomen').waitFor({ timeout: 120_000 })
  const stand = await totdat(async () => {
    const nu = (await leesStand([plek.id]))[plek.id]
    return nu.fotos.filter((een) => een === 'opgeslagen').length === 30 && nu
  })
  assert.ok(stand, 'thirty photos are stored')
  const genoemd = ['HUI-24', 'ARB-24'].flatMap((code) => stand.antwoorden[code]?.flat() ?? [])
  assert.equal(genoemd.length, 30)
  for (const id of ids) assert.ok(genoemd.includes(id), `${id} is named by the answer`)
})
