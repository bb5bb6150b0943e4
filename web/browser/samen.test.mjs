// Two tablets at one control: item by item, a difference keeps both answers and is for the team leader; and the service that signs us out.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { beeindigAccount, klant, leesStand, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import { antwoord, begin, ga } from './robot.mjs'

after(stopProef)

async function klaar(veld, sub) {
  const tablet = await openTablet()
  await tablet.aanmelden(sub)
  await tablet.instellen()
  await tablet.page.getByText(veld.controles[0].naam).first().waitFor()
  return tablet
}

/** Taps "Verstuur nu" and goes back to the list until the question says this. */
async function zegt(page, controleId, code, tekst) {
  const gezien = await totdat(async () => {
    await ga(page, '/verzenden')
    await page.getByRole('button', { name: 'Verstuur nu' }).click()
    await ga(page, `/controle/${controleId}`)
    await page.locator(`#vraag-${code}`).waitFor()
    return page
      .locator(`#vraag-${code}`)
      .getByText(tekst)
      .waitFor({ timeout: 3000 })
      .then(() => true)
      .catch(() => false)
  }, 60)
  assert.ok(gezien, `${code}: ${tekst}`)
}

/** Text content: what is below the fold is not laid out, so it has no inner text. */
const gekozen = async (page, code) =>
  (await page.locator(`#vraag-${code} [aria-checked="true"]`).allTextContents()).map((tekst) => tekst.trim())

test('two tablets at one control: what one did not answer comes from the other, a difference keeps both and asks the team leader', {
  timeout: 240_000,
}, async () => {
  const veld = await maakVeld()
  const [een, ander, baas] = Object.keys(veld.accounts)
  const plek = veld.controles.find((controle) => controle.type === 'HOR')
  const tablets = []
  try {
    for (const sub of [een, ander]) tablets.push(await klaar(veld, sub))
    const [links, rechts] = tablets
    for (const tablet of tablets) {
      await tablet.offline()
      await begin(tablet.page, plek.naam, plek.type)
    }
    await antwoord(links.page, 'ARB-01', 'Ja')
    await antwoord(links.page, 'ARB-04', 'Ja')
    await antwoord(links.page, 'ENT-21', 'Nee')
    // The clock of the service is read in whole seconds: what lies closer together has no sure order between two devices.
    await links.page.waitForTimeout(3000)
    await antwoord(rechts.page, 'BEV-02', 'Ja')
    await antwoord(rechts.page, 'ARB-04', 'Nee')

    // The later answer arrives first: the order of arrival does not count.
    await rechts.online()
    const leider = await klant(baas)
    const taken = async () =>
      (await leider.alles('/taken')).filter(
        (taak) => taak.soort === 'antwoorden-verschillen' && taak.onderwerpId === plek.id,
      )
    const antwoorden = async () => (await leesStand([plek.id]))[plek.id].antwoorden
    assert.ok(await totdat(async () => 'BEV-02' in (await antwoorden()), 60))
    assert.deepEqual(await taken(), [])
    await links.online()
    assert.ok(await totdat(async () => 'ARB-01' in (await antwoorden()), 60))
    const daar = await antwoorden()
    assert.deepEqual(daar['ARB-01'], ['ja'])
    assert.deepEqual(daar['BEV-02'], ['ja'])
    assert.deepEqual(daar['ARB-04'].sort(), ['ja', 'nee'], 'both are kept')
    assert.equal((await totdat(async () => (await taken()).length > 0 && taken(), 20)).length, 1)

    await zegt(rechts.page, plek.id, 'ARB-01', 'Ingevuld op een andere tablet.')
    assert.deepEqual(await gekozen(rechts.page, 'ARB-01'), ['Ja'])
    assert.deepEqual(await gekozen(rechts.page, 'ENT-21'), [], 'what is confidential does not come back to any tablet')
    await zegt(links.page, plek.id, 'BEV-02', 'Ingevuld op een andere tablet.')
    for (const { page } of tablets) {
      await zegt(page, plek.id, 'ARB-04', /Beide zijn bewaard; de teamleider kijkt ernaar/)
      assert.deepEqual(await gekozen(page, 'ARB-04'), ['Nee'], 'the last one by time counts until somebody looks')
    }
    for (const tablet of tablets) assert.deepEqual(tablet.fouten, [])
  } finally {
    for (const tablet of tablets) await tablet.sluit()
  }
})

test('signed out by the service in the middle: what is entered arrives sealed, and the screen says what to do', {
  timeout: 120_000,
}, async () => {
  const veld = await maakVeld()
  const [ik] = Object.keys(veld.accounts)
  const plek = veld.controles.find((controle) => controle.type === 'HOR')
  const tablet = await klaar(veld, ik)
  try {
    const { page } = tablet
    await begin(page, plek.naam, plek.type)
    await page.getByText('Alles is aangekomen').waitFor({ timeout: 60_000 })
    // The session ends, as it does when the account ends or the service says so; the app only hears of it by its next question.
    await tablet.context.clearCookies()
    await antwoord(page, 'ARB-01', 'Ja')
    await antwoord(page, 'ENT-21', 'Nee')
    const daar = await totdat(async () => {
      const { antwoorden } = (await leesStand([plek.id]))[plek.id]
      return 'ARB-01' in antwoorden && 'ENT-21' in antwoorden && antwoorden
    }, 60)
    assert.deepEqual([daar['ARB-01'], daar['ENT-21']], [['ja'], ['nee']])
    await page.getByText('U bent afgemeld.', { exact: false }).waitFor({ timeout: 60_000 })
    assert.deepEqual(await gekozen(page, 'ARB-01'), ['Ja'], 'the work on the screen goes on')

    await tablet.aanmelden(ik)
    await tablet.ontgrendelen()
    await page.getByText('Alles is aangekomen').waitFor({ timeout: 60_000 })
    assert.equal(await page.getByText('U bent afgemeld.', { exact: false }).count(), 0)
    await ga(page, `/controle/${plek.id}`)
    assert.deepEqual(await totdat(async () => (await gekozen(page, 'ARB-01')).length && gekozen(page, 'ARB-01')), [
      'Ja',
    ])
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})

test('an account that ended in the middle: what is entered is kept for the team, and the screen blames nobody', {
  timeout: 120_000,
}, async () => {
  const veld = await maakVeld()
  const [ik] = Object.keys(veld.accounts)
  const plek = veld.controles.find((controle) => controle.type === 'HOR')
  const tablet = await klaar(veld, ik)
  try {
    const { page } = tablet
    await begin(page, plek.naam, plek.type)
    await page.getByText('Alles is aangekomen').waitFor({ timeout: 60_000 })
    await beeindigAccount(ik)
    await antwoord(page, 'ARB-01', 'Ja')
    await antwoord(page, 'ENT-21', 'Nee')
    const bewaard = await totdat(async () => {
      const { quarantaine } = (await leesStand([plek.id]))[plek.id]
      return quarantaine.length === 2 && quarantaine
    }, 60)
    assert.ok(bewaard, 'both answers wait for the team')
    await page.getByText('U bent afgemeld.', { exact: false }).waitFor({ timeout: 60_000 })
    // Nothing of it is applied, and what was there before stands as it was.
    assert.deepEqual((await leesStand([plek.id]))[plek.id].antwoorden, {})
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
  }
})
