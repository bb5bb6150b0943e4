// The map of the day with a background: with tiles, without network, and with a source that is broken or slow.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { maakVeld, openTablet, stopProef, totdat, zetKaartbron } from './opstelling.mjs'
import { ga } from './robot.mjs'

let veld
let tablet

before(async () => {
  veld = await maakVeld()
  tablet = await openTablet()
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.instellen()
  await tablet.page.getByText(veld.controles[0].naam).first().waitFor()
})

after(async () => {
  await zetKaartbron('goed')
  await tablet?.sluit()
  await stopProef()
})

const kaart = () => tablet.page.getByRole('region', { name: 'Plattegrond van vandaag' })
const borden = () => kaart().locator('.vw-bord').count()

/** How much of the map has the colour of the tiles, from 0 to 1; what is on the screen, not what was fetched. */
async function metTegels() {
  const beeld = (await kaart().screenshot()).toString('base64')
  return tablet.page.evaluate(async (bytes) => {
    const foto = new Image()
    foto.src = `data:image/png;base64,${bytes}`
    await foto.decode()
    const vlak = new OffscreenCanvas(foto.width, foto.height).getContext('2d')
    vlak.drawImage(foto, 0, 0)
    const { data } = vlak.getImageData(0, 0, foto.width, foto.height)
    let raak = 0
    for (let plek = 0; plek < data.length; plek += 4)
      if (Math.abs(data[plek] - 40) + Math.abs(data[plek + 1] - 160) + Math.abs(data[plek + 2] - 90) < 40) raak += 1
    return raak / (data.length / 4)
  }, beeld)
}

const zoom = (kant) => tablet.page.getByRole('button', { name: `Zoom ${kant}` }).click()

test('tiles come through the service and are drawn; without network the areas and the places stay', {
  timeout: 120_000,
}, async () => {
  const { page } = tablet
  await ga(page, '/kaart')
  await kaart().locator('.vw-bord').first().waitFor()
  assert.ok(await totdat(async () => (await metTegels()) > 0.5), 'the tiles are on the screen')
  assert.ok((await zetKaartbron('goed')) > 0, 'the service asked them at the source')
  await page.getByText('Kaartgegevens © Kadaster').waitFor()
  const hoeveel = await borden()
  assert.ok(hoeveel > 0)

  await tablet.offline()
  await page.getByText('Zonder netwerk ziet u alleen de gebieden van de gemeente.').waitFor()
  assert.ok(await totdat(async () => (await metTegels()) < 0.01), 'no half of a background is left')
  assert.equal(await borden(), hoeveel)
  await tablet.online()
  assert.ok(await totdat(async () => (await metTegels()) > 0.5), 'and they come back')
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
})

test('a slow source holds up nobody, and a broken one leaves the places on the map', { timeout: 120_000 }, async () => {
  const { page } = tablet
  const voor = await zetKaartbron('traag')
  await zoom('in')
  assert.ok(await totdat(async () => (await zetKaartbron('traag')) > voor), 'tiles are being waited for')
  // While they hang, danger is delivered: it needs a connection of the same browser to the same service.
  const begin = Date.now()
  const bezorgd = page.waitForResponse((antwoord) => antwoord.url().endsWith('/v1/synchronisaties'))
  await page.getByRole('button', { name: 'Acuut', exact: true }).click()
  assert.equal((await bezorgd).status(), 200)
  assert.ok(Date.now() - begin < 3000, `${Date.now() - begin} ms`)
  await page.getByRole('button', { name: 'Terug naar het scherm' }).click()

  await zetKaartbron('stuk')
  const mislukt = page.waitForResponse(
    (antwoord) => /achtergrondkaart\/\d/.test(antwoord.url()) && antwoord.status() === 503,
  )
  for (let nr = 0; nr < 4; nr += 1) await zoom('out')
  await mislukt
  await kaart().locator('.vw-bord').first().waitFor()
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
})
