// A lost tablet in a real browser: it hears the order by itself, also locked; what waits goes first; then nothing is left on its disk.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { klant, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import { ga } from './robot.mjs'
import { search } from './sporen.mjs'

after(stopProef)

const PIN = '735912'

/** What is left in the browser, apart from the files of the app itself. */
const leftBehind = (page) =>
  page.evaluate(async () => {
    const uit = { rijen: 0, caches: [], opfs: [], lokaal: { ...localStorage }, sessie: { ...sessionStorage } }
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const vraag = indexedDB.open(name)
        vraag.onsuccess = () => resolve(vraag.result)
        vraag.onerror = () => reject(vraag.error)
      })
      for (const tabel of db.objectStoreNames)
        uit.rijen += await new Promise((resolve, reject) => {
          const vraag = db.transaction(tabel).objectStore(tabel).count()
          vraag.onsuccess = () => resolve(vraag.result)
          vraag.onerror = () => reject(vraag.error)
        })
      db.close()
    }
    for (const naam of await caches.keys())
      for (const { url } of await (await caches.open(naam)).keys()) uit.caches.push(new URL(url).pathname)
    for await (const naam of (await navigator.storage.getDirectory()).keys()) uit.opfs.push(naam)
    return uit
  })

/** As a careless next version could: a cache, a file and a line in the plain store, which the wipe must take along. */
const plantElsewhere = (page, woord) =>
  page.evaluate(async (waarde) => {
    await (await caches.open('iets')).put('/v1/iets', new Response(waarde))
    const bestand = await (await navigator.storage.getDirectory()).getFileHandle('iets', { create: true })
    const pen = await bestand.createWritable()
    await pen.write(waarde)
    await pen.close()
    localStorage.setItem('iets', 'iets')
  }, woord)

/** The device of an account as its team leader sees it; false until it has reported. */
const apparaatVan = (leider, accountId) => async () =>
  (await leider.alles('/apparaten').catch(() => [])).find((een) => een.accountId === accountId) ?? false

/** Waits for the wipe and for its report, in which nothing waits any more. A tablet that missed the first moment asks again within 150 s. */
async function gewist(page, mijne) {
  await page.getByRole('heading', { name: 'Deze tablet is gewist' }).waitFor({ timeout: 180_000 })
  const na = await totdat(async () => {
    const stand = await mijne()
    return stand?.gewistOp ? stand : false
  }, 60)
  assert.equal(na.wachtrij, 0)
}

/** How urgent each signal is that this account gave; other files tap in the same service, this account is in no other test. */
async function eigenUrgenties(sub) {
  const [zelf, af] = await Promise.all([klant(sub), klant('af-veiligheid')])
  const eigen = await totdat(async () => {
    const rijen = await zelf.alles('/eigen-signalen')
    return rijen.length > 0 && rijen
  }, 60)
  return Promise.all((eigen || []).map(async ({ id }) => (await af.lees(`/signalen/${id}`)).urgentie))
}

test('a lost tablet that is locked delivers what waits, wipes itself, and its disk tells nothing', {
  timeout: 300_000,
}, async () => {
  const veld = await maakVeld()
  const [ik, , baas] = Object.keys(veld.accounts)
  const plek = veld.controles[0]
  const woord = `gordijn-${randomBytes(9).toString('hex')}`
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(ik)
    await tablet.instellen({ pin: PIN })
    let { page } = tablet
    await page.getByRole('heading', { name: plek.naam, exact: true }).waitFor()
    await ga(page, '/nieuw/niet-pluis')
    await page.getByLabel('Postcode').fill('1001AB')
    await page.getByLabel('Huisnummer').fill('84')
    await page.getByRole('radio', { name: 'Ja', exact: true }).check()
    await page.getByLabel('Wat zag of hoorde u?', { exact: false }).fill(woord)
    await plantElsewhere(page, woord)
    await tablet.offline()
    await page.getByRole('button', { name: 'Acuut', exact: true }).click()
    await page.getByText('De melding is opgeslagen.').waitFor()
    await page.reload()
    ;({ page } = tablet)
    await page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()

    const leider = await klant(baas)
    const mijne = apparaatVan(leider, veld.accounts[ik])
    const gemeld = await totdat(mijne, 60)
    assert.match(gemeld.appversie, /^\d+\.\d+\.\d+\+[0-9a-f]{8}$/, 'the office sees which build runs')
    const gevraagd = await leider.wijzig(`/apparaten/${gemeld.id}`, '/_wissen')
    assert.ok(gevraagd.wissenGevraagdOp)
    assert.equal(gevraagd.gewistOp, null)

    // Nobody touches it: the network is back, and that is enough.
    await tablet.online()
    await gewist(page, mijne)
    assert.deepEqual(await eigenUrgenties(ik), ['acuut'], 'what was tapped on the locked tablet is at the AF, once')
    const over = await leftBehind(page)
    assert.deepEqual(
      { ...over, caches: over.caches.filter((pad) => !pad.startsWith('/app/')) },
      // One line says that it was emptied on purpose.
      { rijen: 1, caches: [], opfs: [], lokaal: {}, sessie: {} },
    )
    assert.deepEqual(tablet.fouten, [])
    const naalden = [woord, plek.naam, 'Proefkade', PIN, veld.accounts[ik]]
    const zoek = () =>
      search(
        tablet.profiel,
        naalden.map((naam) => ({ naam, bytes: Buffer.from(naam) })),
      )
    // The browser takes the files of a deleted cache away a moment later.
    await totdat(() => zoek().gevonden.size === 0, 60).catch(() => false)
    await tablet.doden()
    const { gevonden, bestanden } = zoek()
    assert.ok(bestanden > 0)
    assert.deepEqual([...gevonden], [])
  } finally {
    await tablet.sluit()
  }
})

test('a lost tablet that is locked and whose session ended hears the order all the same: delivers, wipes, and tells it', {
  timeout: 300_000,
}, async () => {
  const veld = await maakVeld()
  const [ik, , baas] = Object.keys(veld.accounts)
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(ik)
    await tablet.instellen({ pin: PIN })
    const leider = await klant(baas)
    const mijne = apparaatVan(leider, veld.accounts[ik])
    const gemeld = await totdat(mijne, 60)
    await tablet.offline()
    await tablet.page.getByRole('button', { name: 'Acuut', exact: true }).click()
    await tablet.page.getByText('De melding is opgeslagen.').waitFor()
    await tablet.page.reload()
    const { page } = tablet
    await page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
    await page.context().clearCookies()
    await leider.wijzig(`/apparaten/${gemeld.id}`, '/_wissen')

    await tablet.online()
    await gewist(page, mijne)
    assert.deepEqual(await eigenUrgenties(ik), ['acuut'], 'what was tapped before is at the AF, once')
    assert.equal((await leftBehind(page)).rijen, 1, 'the line that says that it was emptied on purpose')
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})
