// The list of a control in a real browser: front block, answers, text, photos, stop, leaving, outcome.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { klant, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'

// The key of a virtual authenticator does not survive the browser; a PIN does.
const PIN = '735912'
let veld
let tablet
let p

before(
  async () => {
    veld = await maakVeld()
    tablet = await openTablet()
    p = tablet.page
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen({ pin: PIN })
  },
  { timeout: 240_000 },
)

after(async () => {
  await tablet?.sluit()
  await stopProef()
})

const vraag = (naam) => p.getByRole('region', { name: naam })
const kies = (naam, antwoord) => vraag(naam).getByRole('radio', { name: antwoord, exact: true }).click()
const gekozen = (naam, antwoord) => vraag(naam).getByRole('radio', { name: antwoord, exact: true, checked: true })
const kop = (naam) => p.getByRole('heading', { level: 1, name: naam, exact: true })

/** Starts the control of a type and stands at its list. */
async function begin(nummer) {
  const plek = veld.controles[nummer]
  const terug = p.getByRole('link', { name: '‹ Vandaag' })
  if ((await terug.count()) > 0) await terug.click()
  await p.getByRole('link', { name: `Beginnen bij ${plek.naam}`, exact: true }).click()
  const collega = p.getByRole('checkbox').first()
  await collega.click()
  const grond = p.getByRole('radio', { name: /toestemming/i })
  if ((await grond.count()) > 0) await grond.click()
  await p.getByRole('button', { name: 'Wij gaan naar binnen' }).click()
  await kop(plek.naam).waitFor()
  return plek
}

async function leave() {
  await p.getByRole('button', { name: 'Naar buiten', exact: true }).click()
  await p.getByRole('button', { name: 'Wij zijn vertrokken' }).click()
  await kop('Wij zijn vertrokken').waitFor()
}

const back = () => p.getByRole('link', { name: 'Klaar, naar vandaag' }).click()

test('a dwelling: the front block first, the inside after it, norm in words, undo', { timeout: 240_000 }, async () => {
  await begin(6)
  assert.equal(await vraag(/Hoeveel m² woonruimte/).count(), 0)
  await p.getByText('Kies eerst op welke grond').first().waitFor()
  await kies('Op welke grond gaat u de woning binnen?', 'Toestemming van een bewoner')
  await kies(/zelf en vrij toestemming/, 'Ja')
  await vraag(/Hoeveel m² woonruimte/)
    .getByRole('textbox')
    .pressSequentially('60')
  await vraag(/Hoeveel slaapplaatsen/)
    .getByRole('textbox')
    .click()
  for (const cijfer of '11')
    await vraag(/Hoeveel slaapplaatsen/)
      .getByRole('button', { name: cijfer, exact: true })
      .click()
  await p.getByText(/^5,45 m² per persoon\. De norm van deze gemeente is 12 m²/).waitFor()
  await kies('Kan alleen een ander de kamer- of buitendeuren openen?', 'Nee')
  await gekozen('Kan alleen een ander de kamer- of buitendeuren openen?', 'Nee').waitFor()
  await p.getByRole('button', { name: 'Ongedaan maken', exact: true }).click()
  await gekozen('Kan alleen een ander de kamer- of buitendeuren openen?', 'Nee').waitFor({ state: 'detached' })
  // The arrows move, only a key that chooses answers.
  await vraag('Wordt iemand nu belet te vertrekken?').getByRole('radio', { name: 'Ja' }).focus()
  await p.keyboard.press('ArrowRight')
  assert.equal(await vraag('Wordt iemand nu belet te vertrekken?').getByRole('radio', { checked: true }).count(), 0)
  await p.keyboard.press('Enter')
  await gekozen('Wordt iemand nu belet te vertrekken?', 'Nee').waitFor()
  assert.doesNotMatch(await p.locator('body').innerText(), /signaal|score|punten/i)
  await leave()
  await back()
})

test('text that may not be kept stays on the screen, is stored nowhere, and counts as filled in', {
  timeout: 240_000,
}, async () => {
  const plek = await begin(1)
  await kies('Voelt dit voor u niet pluis?', 'Ja')
  const veldje = p.getByRole('textbox', { name: /Wat zag of hoorde u/ })
  await veldje.fill('Bel 070 123 45 67 voor de baas')
  await veldje.blur()
  await vraag(/Wat zag of hoorde u/)
    .getByText('Deze tekst is nog niet opgeslagen.')
    .waitFor()
  await vraag(/Wat zag of hoorde u/)
    .getByText('De tekst bevat een telefoonnummer. Laat het nummer weg.')
    .waitFor()
  assert.equal(await veldje.inputValue(), 'Bel 070 123 45 67 voor de baas')
  await veldje.fill('Een man hield de deur dicht')
  await vraag(/Wat zag of hoorde u/)
    .getByText('Opgeslagen op tablet.')
    .waitFor()
  await leave()
  const af = await klant('af-veiligheid')
  const signaal = await totdat(async () =>
    (await af.alles('/signalen')).find((een) => een.inhoud.object.id === plek.objectId),
  )
  assert.ok(signaal, 'the gut feeling became a signal')
  const inhoud = JSON.stringify(await af.lees(`/signalen/${signaal.id}`))
  assert.doesNotMatch(inhoud, /070 123/)
  await back()
})

test('[DEF-05] a hit on forced offences: nothing before departure, non-punishment after it', {
  timeout: 240_000,
}, async () => {
  await begin(2)
  await kies(/Kon u mensen niet apart spreken/, 'Nee')
  await p.getByRole('button', { name: /^Meer vragen bij arbeid/ }).click()
  await kies(/strafbare feiten|gedwongen/, 'Ja')
  await gekozen(/strafbare feiten|gedwongen/, 'Ja').waitFor()
  assert.equal(await p.getByText('Geen straf voor wie gedwongen is').count(), 0)
  await leave()
  await p.getByRole('heading', { name: 'Geen straf voor wie gedwongen is' }).waitFor()
  await p.getByRole('heading', { name: /^Signaal/ }).waitFor()
  await vraag('Heeft u hulp aangeboden?').getByRole('button', { name: 'Ja' }).click()
  await p.getByText('Vastgelegd. Klopt het niet?').waitFor()
  await back()
})

test('[RPT-02] suspicion of an offence stops the list for good; only the time is kept', {
  timeout: 240_000,
}, async () => {
  await begin(9)
  await p.getByRole('button', { name: 'Mogelijk strafbaar feit gezien' }).click()
  await p.getByRole('button', { name: 'Ja, stop de lijst' }).click()
  await kop('Stop. Bel de politie.').waitFor()
  await p.getByText(/De lijst is gesloten om \d\d:\d\d/).waitFor()
  const vragen = await p.locator('.vw-vraag h3').allInnerTexts()
  assert.ok(
    vragen.every((tekst) => /niet pluis|Wat zag|strafbare feiten|gedwongen/.test(tekst)),
    vragen.join(' | '),
  )
  await tablet.doden()
  await tablet.heropen()
  p = tablet.page
  // A killed browser forgets its session, so the PIN asks for a new sign-in first.
  await tablet.aanmelden(Object.keys(veld.accounts)[0], `/app/controle/${veld.controles[9].id}`)
  await p.getByLabel('Pincode', { exact: true }).fill(PIN)
  await p.getByRole('button', { name: 'Ontgrendel met pincode' }).click()
  await kop('Stop. Bel de politie.').waitFor()
  await p.getByRole('button', { name: 'Wij zijn buiten' }).click()
  await p.getByRole('button', { name: 'Wij zijn vertrokken' }).click()
  await kop('Wij zijn vertrokken').waitFor()
  await back()
})

test('photos: own camera, cover, keep, remove; an integral control asks for its labour core', {
  timeout: 240_000,
}, async () => {
  await begin(11)
  const gevaar = 'Is het werk gevaarlijk of ongezond zonder bescherming?'
  await kies(gevaar, 'Ja')
  const fotovraag = vraag('Maak zo nodig een foto van de werkplek of het gebrek.')
  await fotovraag.getByRole('button', { name: 'Foto maken' }).click()
  await p.getByRole('button', { name: 'Maak foto' }).click()
  const doek = p.getByRole('application')
  const voor = await doek.evaluate((canvas) => canvas.toDataURL())
  await doek.focus()
  await p.keyboard.press('Enter')
  await p.getByText('1 bewerkt.').waitFor()
  assert.notEqual(await doek.evaluate((canvas) => canvas.toDataURL()), voor)
  await p.getByRole('button', { name: 'Gebruik foto' }).click()
  await fotovraag.getByRole('img', { name: 'Foto 1' }).waitFor()
  const beeld = await fotovraag.getByRole('img').getAttribute('src')
  const bytes = Buffer.from(beeld.split(',')[1], 'base64').toString('latin1')
  assert.match(bytes.slice(0, 12), /JFIF/)
  assert.doesNotMatch(bytes, /Exif\0/)
  await fotovraag.getByRole('button', { name: 'Verwijder foto 1' }).click()
  await fotovraag.getByRole('button', { name: 'Ja, verwijder foto 1' }).click()
  await fotovraag.getByRole('img').waitFor({ state: 'detached' })

  await p.getByRole('button', { name: 'Naar buiten', exact: true }).click()
  const vertrek = p.getByRole('button', { name: 'Wij zijn vertrokken' })
  assert.equal(await vertrek.isDisabled(), true)
  for (;;) {
    const nodig = p.getByRole('listitem').filter({ hasText: '(nodig)' })
    const aantal = await nodig.count()
    if (aantal === 0) break
    await nodig
      .first()
      .getByRole('button', { name: /^Niet vastgesteld/ })
      .click()
    await totdat(async () => (await nodig.count()) < aantal)
  }
  await vertrek.click()
  await kop('Wij zijn vertrokken').waitFor()
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
})
