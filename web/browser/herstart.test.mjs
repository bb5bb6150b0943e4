// The whole browser is killed at bad moments of setting up, signing out and wiping; and a store that the browser does not open.

import assert from 'node:assert/strict'
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { klant, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'

const PIN = '735912'
let veld
let ik
let tablet

before(async () => {
  veld = await maakVeld()
  ik = Object.keys(veld.accounts)[0]
  tablet = await openTablet()
})

after(async () => {
  await tablet?.sluit()
  await stopProef()
})

const kop = (naam) => tablet.page.getByRole('heading', { level: 1, name: naam })
const knop = (naam) => tablet.page.getByRole('button', { name: naam, exact: true })
const leegMelding = () => tablet.page.getByRole('heading', { name: 'De opslag van deze tablet is leeg' }).count()

/** SIGKILL at this very moment, and the app again as somebody finds it who comes back. */
async function herstart() {
  await tablet.doden()
  await tablet.heropen()
}

async function acuut() {
  await knop('Acuut').click()
  await tablet.page.getByText('De melding is opgeslagen.').waitFor()
  await knop('Terug naar het scherm').click()
}

test('killed right after setting up, and again after a sign-out with something left: locked both times, and who comes back goes on', {
  timeout: 120_000,
}, async () => {
  await tablet.aanmelden(ik)
  await tablet.instellen({ pin: PIN })
  await herstart()
  await tablet.aanmelden(ik)
  await kop('Vergrendeld').waitFor()
  await tablet.ontgrendelen({ pin: PIN })

  await tablet.offline()
  await acuut()
  await tablet.page.getByRole('link', { name: 'Instellingen' }).click()
  await tablet.page.getByRole('link', { name: 'Afmelden' }).click()
  await knop('Verstuur en meld af').click()
  await knop('Meld toch af').click()
  await kop('Vergrendeld').waitFor()
  await herstart()
  // Not before it was opened: once all of it arrived the tablet empties itself, and there would be nothing to come back to.
  const verzegeld = '**/synchronisaties/_verzegeld'
  await tablet.page.route(verzegeld, (vraag) => vraag.abort())
  await tablet.online()
  await tablet.aanmelden(ik)
  await kop('Vergrendeld').waitFor()
  await tablet.ontgrendelen({ pin: PIN })
  await tablet.page.unroute(verzegeld)
  await tablet.page.getByText('Alles is aangekomen').waitFor()
  // Two rounds more: what was signed out of is not taken away under the hands of who came back.
  for (let nr = 0; nr < 2; nr += 1) {
    await tablet.page.getByRole('link', { name: 'Verzenden' }).click()
    await knop('Verstuur nu').click()
    await tablet.page.getByText('Alles is aangekomen').first().waitFor()
  }
  await tablet.page.getByRole('link', { name: '‹ Vandaag' }).click()
  await tablet.page.getByText(veld.controles[0].naam).first().waitFor()

  // A crash can cost the browser a file of what is big beside its store; that alone keeps nobody out.
  await tablet.doden()
  const idb = join(tablet.profiel, 'Default', 'IndexedDB')
  const bestanden = readdirSync(idb, { recursive: true }).filter((naam) => /\.blob.*\/\d\d\/[\da-f]+$/.test(naam))
  assert.ok(bestanden.length > 0, 'the reserve lies in a file of its own')
  for (const naam of bestanden) rmSync(join(idb, naam))
  await tablet.heropen()
  await tablet.aanmelden(ik)
  await kop('Vergrendeld').waitFor()
  await tablet.ontgrendelen({ pin: PIN })
  await tablet.page.getByText(veld.controles[0].naam).first().waitFor()
  assert.deepEqual(tablet.fouten, [])
})

test('killed right after the sign-out that empties the tablet, and after an order to wipe: empty on purpose, and that is not called a loss', {
  timeout: 240_000,
}, async () => {
  const leider = await klant(Object.keys(veld.accounts)[2])
  const eigen = async () => (await leider.alles('/apparaten')).filter((een) => een.accountId === veld.accounts[ik])
  const [eerder] = await eigen()
  await tablet.page.getByRole('link', { name: 'Instellingen' }).click()
  await tablet.page.getByRole('link', { name: 'Afmelden' }).click()
  await knop('Verstuur en meld af').click()
  await kop('Meld u aan').waitFor()
  await herstart()
  await tablet.aanmelden(ik)
  await kop('Stel deze tablet in').waitFor()
  assert.equal(await leegMelding(), 0)

  await tablet.instellen({ pin: PIN })
  // It took another id when it was emptied.
  const gemeld = await totdat(async () => (await eigen()).find(({ id }) => id !== eerder.id))
  await leider.wijzig(`/apparaten/${gemeld.id}`, '/_wissen')
  await tablet.page.getByRole('link', { name: 'Verzenden' }).click()
  await knop('Verstuur nu').click()
  await kop('Deze tablet is gewist').waitFor()
  await herstart()
  await tablet.page.goto(`${tablet.url}/app/`)
  const gewist = await totdat(async () => (await leider.lees(`/apparaten/${gemeld.id}`)).gewistOp)
  assert.ok(gewist, 'the office hears that the order was obeyed, whatever the kill cost')
  await tablet.aanmelden(ik)
  await kop('Stel deze tablet in').waitFor()
  assert.equal(await leegMelding(), 0)
})

test('a store that the browser does not open: said, acuut says what it cannot do, and it opens when asked again', {
  timeout: 120_000,
}, async () => {
  await tablet.instellen({ pin: PIN })
  const { page } = tablet
  await page.addInitScript(() => {
    globalThis.echt = IDBFactory.prototype.open
    IDBFactory.prototype.open = () => {
      throw new DOMException('Internal error opening backing store', 'InvalidStateError')
    }
  })
  await page.reload()
  await kop('De opslag gaat niet open').waitFor()
  assert.equal(await kop('Stel deze tablet in').count(), 0)
  await knop('Acuut').click()
  const scherm = page.getByRole('alertdialog')
  await scherm.getByRole('link', { name: 'Bel 112' }).waitFor()
  await scherm.getByText('De melding is niet opgeslagen.').waitFor()
  await knop('Terug naar het scherm').click()
  await page.evaluate(() => {
    IDBFactory.prototype.open = globalThis.echt
  })
  await knop('Probeer het opnieuw').click()
  await tablet.ontgrendelen({ pin: PIN })
  // What broke was said to the browser's own reporting; nothing else went wrong.
  assert.deepEqual(
    tablet.fouten.filter((fout) => !fout.includes('De opslag van deze tablet')),
    [],
  )
})

/** As a kill between the two writes of a record leaves it: the head (checksum, length 100, a whole record), and nothing of what it announces. */
function breekLogboek() {
  const idb = join(tablet.profiel, 'Default', 'IndexedDB')
  const logboek = readdirSync(idb, { recursive: true }).filter((naam) => /\.leveldb\/\d+\.log$/.test(naam))
  assert.equal(logboek.length, 1, 'the browser keeps its store in a log')
  appendFileSync(join(idb, logboek[0]), Buffer.from([1, 2, 3, 4, 100, 0, 1]))
}

test('killed in the middle of a write: half a record in the log of the browser costs nothing, at no start after it', {
  timeout: 120_000,
}, async () => {
  const ikzelf = await klant(ik)
  const aantal = async () => (await ikzelf.alles('/eigen-signalen')).length
  const eerder = await aantal()
  await tablet.offline()
  for (let nr = 0; nr < 3; nr += 1) {
    await tablet.doden()
    breekLogboek()
    await tablet.heropen()
    await tablet.page.goto(`${tablet.url}/app/`)
    await kop('Vergrendeld').waitFor()
    await acuut()
  }
  await tablet.online()
  assert.ok(await totdat(async () => (await aantal()) === eerder + 3), 'each one arrived, once')
  await tablet.aanmelden(ik)
  await kop('Vergrendeld').waitFor()
  await tablet.ontgrendelen({ pin: PIN })
})
