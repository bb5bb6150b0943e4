// The list of a control in a real browser: front block, answers, text, photos, stop, leaving, outcome.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe } from './axe.mjs'
import { klant, leesStand, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import * as robot from './robot.mjs'

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

/** The one signal about a place, as the AF sees it. */
const signaalOver = (af, { objectId }) =>
  totdat(async () => (await af.alles('/signalen?limiet=100')).find((een) => een.inhoud.object?.id === objectId))

const back = () => p.getByRole('link', { name: 'Klaar, naar vandaag' }).click()

test('a dwelling: the front block first, the inside after it, norm in words, undo', { timeout: 240_000 }, async () => {
  await begin(6)
  // Said at the start, and not asked again; it can still be changed.
  await gekozen('Op welke grond gaat u de woning binnen?', 'Toestemming van een bewoner').waitFor()
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

test('[DAT-01] text that may not be kept stays on the screen, is stored nowhere, and counts as filled in', {
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
  await veldje.fill('Kijk op www.voorbeeld.nl/kamer')
  await vraag(/Wat zag of hoorde u/)
    .getByText(/De tekst bevat een link/)
    .waitFor()
  await veldje.fill('Een man hield de deur dicht')
  await vraag(/Wat zag of hoorde u/)
    .getByText('Opgeslagen op tablet.')
    .waitFor()
  await leave()
  const af = await klant('af-veiligheid')
  const signaal = await totdat(async () =>
    (await af.alles('/signalen')).find((een) => een.inhoud.object?.id === plek.objectId),
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
  assert.deepEqual(await axe(p, 'stop or not'), [])
  await p.getByRole('button', { name: 'Ja, stop de lijst' }).click()
  await kop('Stop. Bel de politie.').waitFor()
  // What to do now is in sight at once, though the tap was at the foot of a long list.
  assert.ok((await kop('Stop. Bel de politie.').boundingBox()).y >= 0)
  assert.deepEqual(await axe(p, 'stopped'), [])
  await p.getByText(/De lijst is gesloten om \d\d:\d\d/).waitFor()
  const vragen = await p.locator('.vw-vraag h3').allTextContents()
  for (const open of [/acuut gevaar/, /belet te vertrekken/, /niet pluis/, /jonger dan 13/, /deuren openen/])
    assert.ok(
      vragen.some((tekst) => open.test(tekst)),
      `${open} in ${vragen.join(' | ')}`,
    )
  assert.ok(!vragen.some((tekst) => /legitimeerd|vergunning|ruimte gaat u binnen/.test(tekst)), vragen.join(' | '))
  // What the screen still takes the service takes as well: one rule for both.
  await kies(/deuren openen/, 'Nee')
  assert.ok(
    await totdat(async () => 'HUI-11' in (await leesStand([veld.controles[9].id]))[veld.controles[9].id].antwoorden),
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

test('[RTE-01] [PLN-05] doubt about age: the police and no 112 but behind acuut; a red flag makes a signal', {
  timeout: 240_000,
}, async () => {
  const plek = await begin(3)
  await kies(/18 jaar of ouder/, 'Ja')
  const venster = p.getByRole('dialog')
  await venster.getByText('Uw antwoord is opgeslagen').waitFor()
  const nummers = () =>
    venster.locator('a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  assert.deepEqual(await nummers(), ['tel:09008844'])
  assert.equal((await venster.innerText()).split('\n')[0], 'Loop naar een veilige plek')
  assert.deepEqual(await axe(p, 'doubt about age'), [])
  await venster.getByRole('button', { name: 'Terug naar de lijst' }).click()
  await leave()
  await back()
  const af = await klant('af-veiligheid')
  const acuut = await signaalOver(af, plek)
  assert.equal(acuut?.urgentie, 'acuut')

  const ander = await begin(7)
  await kies(/jonger dan 13/, 'Ja')
  await leave()
  await p.getByRole('heading', { name: 'Signaal met spoed' }).waitFor()
  await back()
  assert.equal((await signaalOver(af, ander))?.urgentie, 'spoed')
})

test('[PLN-04] [CAD-03] photos: own camera, cover, keep, remove; nothing downloads; an integral control asks for its labour core', {
  timeout: 240_000,
}, async () => {
  const plek = await begin(11)
  const gevaar = 'Is het werk gevaarlijk of ongezond zonder bescherming?'
  await kies(gevaar, 'Ja')
  const fotovraag = vraag('Maak zo nodig een foto van de werkplek of het gebrek.')
  await fotovraag.getByRole('button', { name: 'Foto maken' }).click()
  await p.getByRole('button', { name: 'Maak foto' }).waitFor()
  assert.deepEqual(await axe(p, 'camera'), [])
  // No field of the system that keeps a picture in the gallery, and nothing that is saved as a file.
  assert.equal(await p.locator('input[type="file"]').count(), 0)
  const opgeslagen = []
  p.on('download', (bestand) => opgeslagen.push(bestand.suggestedFilename()))
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
  // Closed on both sides; 'niet vastgesteld' is said to count for no norm.
  await p.getByText('telt niet mee als integrale controle').waitFor()
  const klaar = await totdat(async () => (await leesStand([plek.id]))[plek.id].status === 'afgerond')
  assert.equal(klaar, true)
  assert.equal(await p.getByRole('heading', { name: /^Nog te doen/ }).count(), 0)
  assert.deepEqual(opgeslagen, [])
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
})

test('[CAD-03] an answer left the tablet and a question hangs on it: after departure the screen says what is still to be done', {
  timeout: 240_000,
}, async () => {
  const eigen = await maakVeld()
  const ander = await openTablet()
  try {
    await ander.aanmelden(Object.keys(eigen.accounts)[0])
    await ander.instellen()
    const { page } = ander
    const plek = eigen.controles.at(-1)
    await page.getByText(plek.naam).first().waitFor()
    await robot.begin(page, plek.naam, plek.type)
    for (const code of ['BEV-11', 'ARB-01', 'ARB-04', 'ARB-20']) await robot.antwoord(page, code, 'Nee')
    await page.locator('#vraag-ARB-12').getByRole('textbox').fill('3')
    await page.locator('#vraag-ARB-12').getByRole('textbox').blur()
    await page.getByText('Alles is aangekomen').waitFor()
    await page.reload()
    await ander.ontgrendelen({ kop: plek.naam })
    await page.locator('#vraag-BEV-11').getByText('Het antwoord is verstuurd').waitFor()
    await page.getByRole('button', { name: 'Naar buiten' }).click()
    await page.getByRole('button', { name: 'Wij zijn vertrokken' }).click()
    const teDoen = page.getByRole('region', { name: 'Nog te doen: vragen over arbeid' })
    await teDoen.waitFor()
    assert.deepEqual(await axe(page, 'still to be done'), [])
    await teDoen.getByRole('radio', { name: 'Niet vastgesteld', exact: true }).click()
    await teDoen.waitFor({ state: 'detached' })
    assert.equal(await page.getByText('Kantoor moet nog iets aanvullen').count(), 0)
    const stand = await totdat(async () => {
      const nu = (await leesStand([plek.id]))[plek.id]
      return nu.status === 'afgerond' && nu
    })
    assert.ok(stand, 'the answer closes the control, with the time of the tap')
    assert.equal(stand.gebeurtenissen.filter(({ soort }) => soort === 'controle-afgerond').length, 1)
    assert.deepEqual(ander.fouten, [])
  } finally {
    await ander.sluit()
  }
})
