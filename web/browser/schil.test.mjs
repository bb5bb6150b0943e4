// The shell: acuut, the permit page, the lock, signing out, and what stays behind in the browser.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { klant, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'

after(stopProef)

/** A tablet that is set up for the first inspector of a new team. */
async function klaar(keuzes = {}, slot = {}) {
  const veld = await maakVeld()
  const tablet = await openTablet(keuzes)
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.instellen(slot)
  await tablet.page.getByText(veld.controles[0].naam).first().waitFor()
  return { veld, tablet, page: tablet.page }
}

const acuut = (page) => page.getByRole('button', { name: 'Acuut', exact: true })

test('[RTE-01] acuut on a locked tablet without network: one tap, a safe place first, then who to call', async () => {
  const { veld, tablet, page } = await klaar()
  try {
    const [, eerste, tweede] = veld.controles
    await page.goto(`${tablet.url}/app/object/${eerste.id}`)
    await tablet.ontgrendelen({ kop: eerste.naam })
    await tablet.offline()
    await acuut(page).click()
    const scherm = page.getByRole('alertdialog')
    await scherm.getByText('De melding is opgeslagen.').waitFor()
    const woorden = (await scherm.innerText()).split('\n').filter(Boolean)
    assert.deepEqual(woorden.slice(0, 3), ['Loop naar een veilige plek', 'Bel 112', 'Bel politie 0900-8844'])
    assert.deepEqual(
      await scherm.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['tel:112', 'tel:09008844'],
    )
    await scherm
      .getByRole('link')
      .first()
      .evaluate((link) => link.addEventListener('click', (e) => e.preventDefault()))
    await scherm.getByRole('link', { name: 'Bel 112' }).click()
    await scherm.getByText('Hoe laat u belde, is ook opgeslagen.').waitFor()

    // The power goes; the tablet comes back locked and still without network: acuut works there too.
    await tablet.doden()
    await tablet.heropen()
    const meldVergrendeld = async (pad) => {
      await tablet.page.goto(tablet.url + pad)
      await tablet.page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
      await acuut(tablet.page).click()
      await tablet.page.getByText('De melding is opgeslagen.').waitFor()
    }
    await meldVergrendeld('/app/')
    // A browser that threw the page away loads it again at its own path: locked, and still about that control.
    await meldVergrendeld(`/app/object/${tweede.id}`)

    await tablet.online()
    const af = await klant('af-veiligheid')
    const bijObject = async ({ objectId }, bevat) => {
      const signalen = await af.alles('/signalen?limiet=100')
      const volledig = await Promise.all(signalen.map(({ id }) => af.lees(`/signalen/${id}`)))
      const eigen = volledig.filter((signaal) => JSON.stringify(signaal).includes(objectId))
      return eigen.length > 0 && JSON.stringify(eigen).includes(bevat) && eigen
    }
    const gebeld = await totdat(() => bijObject(eerste, '"gebeldOp":"20'))
    assert.ok(gebeld, 'the signal with its object and the time of the call is at the AF')
    assert.equal(gebeld.length, 1)
    assert.equal(gebeld[0].urgentie, 'acuut')
    const vergrendeld = await totdat(() => bijObject(tweede, '"acuut"'))
    assert.ok(vergrendeld, 'the signal of the locked tablet names the object of its control')
    assert.equal(vergrendeld.length, 1)
  } finally {
    await tablet.sluit()
  }
})

test('[PLN-19] one swipe, a button or a key shows the permit page; nothing but a long press leaves it', async () => {
  const { veld, tablet, page } = await klaar()
  try {
    const plek = veld.controles[0]
    await page
      .getByRole('link', { name: new RegExp(`^Over .*${plek.naam}$`) })
      .first()
      .click()
    const neutraal = page.getByRole('dialog', { name: 'Vergunning' })
    const terug = async () => {
      const knop = await neutraal.getByRole('button', { name: 'Houd vast om verder te gaan' }).boundingBox()
      await page.mouse.move(knop.x + 20, knop.y + 20)
      await page.mouse.down()
      await neutraal.waitFor({ state: 'detached' })
      await page.mouse.up()
    }
    await page.keyboard.press('F9')
    await neutraal.waitFor()
    const tekst = await neutraal.innerText()
    assert.match(tekst, new RegExp(`${plek.naam}[^]*V-1?\\d*`))
    assert.doesNotMatch(tekst, /controle|bevinding|score|signaal|route/i)
    await neutraal.getByRole('button', { name: 'Houd vast om verder te gaan' }).click()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.goBack()
    await page.waitForTimeout(300)
    assert.ok(await neutraal.isVisible(), 'a tap, Escape and "back" do not leave it')
    assert.ok(await acuut(neutraal).isVisible())
    await terug()

    await page.getByRole('button', { name: 'Vergunning' }).click()
    await neutraal.waitFor()
    await terug()

    const punt = (x) => [{ x, y: 500 }]
    await page.cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: punt(600) })
    for (const x of [540, 480, 420, 380])
      await page.cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: punt(x) })
    await page.cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await neutraal.waitFor()
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})

test('[PLN-19] a push says "nieuw bericht", whatever was sent', async () => {
  const { tablet, page } = await klaar()
  try {
    await tablet.context.grantPermissions(['camera', 'notifications'], { origin: tablet.url })
    const werker = await tablet.werker()
    const duw = () =>
      werker.evaluate(() => {
        const geheim = JSON.stringify({ titel: 'Kade 12', tekst: 'acuut' })
        const gebeurtenis = new PushEvent('push', { data: geheim })
        self.dispatchEvent(gebeurtenis)
      })
    // The worker hears of the permission a moment later than the page: until then nothing is shown.
    const gezien = await totdat(async () => {
      await duw()
      const alle = await page.evaluate(async () => {
        const plek = await navigator.serviceWorker.getRegistration('/app/')
        return (await plek.getNotifications()).map(({ title, body, data }) => ({ title, body, data }))
      })
      return alle.length > 0 && alle
    })
    assert.deepEqual(gezien, [{ title: 'nieuw bericht', body: '', data: null }])
  } finally {
    await tablet.sluit()
  }
})

test('a push that is tapped brings the app to the front as it is, and looks at once what is new', async () => {
  const { tablet, page } = await klaar()
  try {
    const werker = await tablet.werker()
    await page.getByText('Alles is aangekomen').waitFor()
    await page.getByRole('link', { name: 'Iets anders vastleggen' }).click()
    const gevraagd = page.waitForRequest(/\/v1\/werkpakketten\//)
    // No browser taps a notification for a test: the event is made in the worker itself, as the browser would.
    await werker.evaluate(() =>
      self.dispatchEvent(Object.assign(new ExtendableEvent('notificationclick'), { notification: { close() {} } })),
    )
    await gevraagd
    await page.getByRole('heading', { level: 1, name: 'Vastleggen' }).waitFor()
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})

test('a PIN opens the tablet with network and not without; a wrong one says how many tries are left, and five end in a new start', async () => {
  const pin = '735912'
  const { veld, tablet, page } = await klaar({}, { pin })
  try {
    await page.getByRole('link', { name: 'Instellingen' }).click()
    await page.getByRole('button', { name: 'Vergrendel nu' }).click()
    await page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
    const probeer = async (code, uitkomst) => {
      await page.getByLabel('Pincode', { exact: true }).fill(code)
      await page.getByRole('button', { name: 'Ontgrendel met pincode' }).click()
      await page.getByText(uitkomst).waitFor()
    }
    await tablet.offline()
    await probeer(pin, 'Zonder netwerk kan de tablet niet open')
    await tablet.online()
    await probeer('111222', 'U kunt het nog 4 keer proberen')
    await tablet.ontgrendelen({ pin, kop: null })
    await page.getByRole('heading', { level: 1, name: 'Instellingen' }).waitFor()

    // Five wrong ones: shut for good, and a new start from the same screen.
    await page.getByRole('button', { name: 'Vergrendel nu' }).click()
    for (const over of [4, 3, 2, 1]) await probeer(`11122${over}`, `U kunt het nog ${over} keer proberen`)
    await probeer('111220', 'Geen enkele pincode opent deze tablet nog.')
    await page.getByRole('button', { name: 'Stel de tablet opnieuw in' }).click()
    await page.getByRole('button', { name: 'Ja, stel opnieuw in' }).click()
    await page.getByRole('heading', { name: 'Stel deze tablet in' }).waitFor()
    await page.getByLabel('Pincode', { exact: true }).fill('246813')
    await page.getByLabel('Pincode nog eens').fill('246813')
    await page.getByRole('button', { name: 'Stel in met pincode' }).click()
    await page.getByRole('heading', { level: 1, name: 'Instellingen' }).waitFor()
    await page.getByRole('link', { name: '‹ Vandaag' }).click()
    await page.getByText(veld.controles[0].naam).first().waitFor()
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})

test('signing out sends first, asks when it cannot, and leaves nothing readable', async () => {
  const { veld, tablet, page } = await klaar()
  try {
    await tablet.offline()
    await acuut(page).click()
    await page.getByText('De melding is opgeslagen.').waitFor()
    await page.getByRole('button', { name: 'Terug naar het scherm' }).click()
    await page.getByRole('link', { name: 'Instellingen' }).click()
    await page.getByRole('link', { name: 'Afmelden' }).click()
    await page.getByRole('button', { name: 'Verstuur en meld af' }).click()
    await page.getByRole('heading', { name: '1 bericht is nog niet verstuurd' }).waitFor()
    await tablet.online()
    await page.getByRole('button', { name: 'Probeer het opnieuw' }).click()
    await page.getByRole('heading', { name: 'Meld u aan' }).waitFor()
    const over = await page.evaluate(async () => {
      const namen = await indexedDB.databases()
      const caches_ = []
      for (const naam of await caches.keys())
        for (const vraag of await (await caches.open(naam)).keys()) caches_.push(new URL(vraag.url).pathname)
      return { namen: namen.length, caches: caches_, lokaal: { ...localStorage }, sessie: { ...sessionStorage } }
    })
    assert.deepEqual(
      over.caches.filter((pad) => !pad.startsWith('/app/')),
      [],
    )
    assert.doesNotMatch(JSON.stringify([over.lokaal, over.sessie]), new RegExp(`${veld.controles[0].naam}|Proef`))
    assert.deepEqual(tablet.fouten, [])
    assert.deepEqual(tablet.vreemd, [])
  } finally {
    await tablet.sluit()
  }
})

/** What lies in the second copy of what waits. */
const afschriften = (page) =>
  page.evaluate(async () => (await (await caches.open('veldwacht-afschrift')).keys()).map(({ url }) => url))

test('a tablet that lost its store says so, and not that it is new; what could go sealed arrives all the same', async () => {
  const { veld, tablet, page } = await klaar()
  try {
    await tablet.offline()
    await acuut(page).click()
    await page.getByText('De melding is opgeslagen.').waitFor()
    assert.ok(await totdat(async () => (await afschriften(page)).length === 1))
    const melding = page.getByRole('heading', { name: 'De opslag van deze tablet is leeg' })
    await page.goto('about:blank')
    await page.cdp.send('Storage.clearDataForOrigin', { origin: tablet.url, storageTypes: 'indexeddb' })
    await page.goto(`${tablet.url}/app/`)
    await page.getByRole('heading', { level: 1, name: 'Meld u aan' }).waitFor()
    assert.equal(await melding.count(), 1)
    await tablet.online()
    const ik = await klant(Object.keys(veld.accounts)[0])
    const gekomen = await totdat(async () => {
      const eigen = await ik.alles('/eigen-signalen')
      return eigen.length > 0 && eigen
    })
    assert.equal(gekomen.length, 1, 'what waited when the store was lost')
    assert.ok(await totdat(async () => (await afschriften(page)).length === 0))

    // A tablet that was wiped lost nothing without a word.
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    await page.getByRole('link', { name: 'Instellingen' }).click()
    await page.getByRole('link', { name: 'Afmelden' }).click()
    await page.getByRole('button', { name: 'Verstuur en meld af' }).click()
    await page.getByRole('heading', { name: 'Meld u aan' }).waitFor()
    assert.equal(await melding.count(), 0)
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})
