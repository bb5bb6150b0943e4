// The day and the places: what works without network, what is recorded, and what the service then holds.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { axe } from './axe.mjs'
import { klant, leesStand, maakVeld, openTablet, stopProef, TELEFOON, totdat } from './opstelling.mjs'
import { antwoord, begin, ga, vertrek } from './robot.mjs'

after(stopProef)

/** A set-up tablet of an account. */
async function klaar(sub, keuzes = {}, slot = {}) {
  const tablet = await openTablet(keuzes)
  await tablet.aanmelden(sub)
  await tablet.instellen(slot)
  return tablet
}

const kop = (page, naam) => page.getByRole('heading', { level: 1, name: naam }).waitFor()
const tik = (page, naam) => page.getByRole('button', { name: naam, exact: true }).click()
/** A list of the service; a busy machine may say 503 first. */
const alles = (wie, pad) => totdat(() => wie.alles(pad).catch(() => null))
const sluitend = (tablet) => {
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
}

/** The ciphertext of what is kept under a name, to see that something was written. */
const opSchijf = (page, naam) =>
  page.evaluate(async (sleutel) => {
    const db = await new Promise((resolve, reject) => {
      const vraag = indexedDB.open('veldwacht')
      vraag.onsuccess = () => resolve(vraag.result)
      vraag.onerror = () => reject(vraag.error)
    })
    const rij = await new Promise((resolve) => {
      const vraag = db.transaction('kluis').objectStore('kluis').get(sleutel)
      vraag.onsuccess = () => resolve(vraag.result)
    })
    db.close()
    return rij === undefined ? '' : String(rij.geheim)
  }, naam)

/** Until nothing is written there any more: two looks in a row see the same. */
async function stil(page, naam) {
  let vorig = null
  await totdat(async () => {
    const nu = await opSchijf(page, naam)
    const zelfde = nu !== '' && nu === vorig
    vorig = nu
    return zelfde
  })
}

test('[INS-10] without network: cards, object file, a start with two, a control elsewhere, a gut feeling; a kill loses no letter', {
  timeout: 240_000,
}, async () => {
  const veld = await maakVeld()
  const [ik, collega] = Object.keys(veld.accounts)
  const slot = { pin: '735912' }
  const tablet = await klaar(ik, {}, slot)
  const van = (type) => veld.controles.find((controle) => controle.type === type)
  try {
    let { page } = tablet
    await page.getByRole('heading', { name: van('HOR').naam, exact: true }).waitFor()
    // What is looked up comes with the day; asked once here, so that the test cuts the network at a known moment.
    await ga(page, '/kaarten')
    await page.locator('summary', { hasText: 'Naslag' }).waitFor()
    await tablet.offline()

    await ga(page, '/kaarten/HOR')
    await page.locator('summary', { hasText: 'Naslag: Horeca' }).click()
    await page.locator('summary', { hasText: 'Mogelijk uitbuiting in werk' }).click()
    await page.getByText('Iemand slaapt boven of achter de zaak', { exact: false }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Direct gevaar: 112' }).getAttribute('href'), 'tel:112')
    assert.doesNotMatch(await page.locator('main').innerText(), /signaal|loverboy|score/i)

    await ga(page, `/object/${van('SEKS').id}`)
    await kop(page, van('SEKS').naam)
    await page.getByText('Geldig vanaf').waitFor()
    assert.doesNotMatch(await page.title(), new RegExp(van('SEKS').naam))

    // A dwelling: two inspectors and a ground, or it does not begin (PLN-02, PLN-13); acuut is there all the time.
    await ga(page, `/start/${van('WON').id}`)
    const begin = page.getByRole('button', { name: 'Wij gaan naar binnen' })
    await page.getByText('Er zijn 2 toezichthouders nodig', { exact: false }).waitFor()
    assert.ok(await begin.isDisabled())
    assert.equal(await page.getByRole('radio', { name: /machtiging/i }).count(), 0)
    await page.getByRole('checkbox', { name: collega }).check()
    assert.ok(await begin.isDisabled())
    assert.ok(await page.getByRole('button', { name: 'Acuut', exact: true }).isEnabled())
    await page.getByRole('radio', { name: 'Een bewoner geeft toestemming' }).check()
    await begin.click()
    await page.waitForURL(/\/controle\//)
    await ga(page, `/aanwezig/${van('WON').id}`)
    await page.getByText('2 binnen. Check uit vóór', { exact: false }).waitFor()

    // Somewhere else, by hand: there is no search without network.
    await ga(page, '/nieuw/controle')
    await page.getByLabel('Postcode').fill('1001 ab')
    await page.getByLabel('Huisnummer').fill('77')
    await page.getByLabel('Straat').fill('Achterkade')
    await page.getByLabel('Woonplaats').fill('Veldwachtstad')
    await page.getByRole('radio', { name: 'Bedrijf', exact: true }).check()
    await tik(page, 'Verder')
    await kop(page, 'Beginnen')
    const elders = page.url().split('/').at(-1)
    await page.getByRole('checkbox', { name: collega }).check()
    await tik(page, 'Wij gaan naar binnen')
    await page.waitForURL(/\/controle\//)

    // A gut feeling that is half written when the power goes.
    await ga(page, '/nieuw/niet-pluis')
    await page.getByLabel('Postcode').fill('1001AB')
    await page.getByLabel('Huisnummer').fill('78')
    await page.getByRole('radio', { name: 'Ja', exact: true }).check()
    await stil(page, 'concept:niet pluis')
    const eerst = await opSchijf(page, 'concept:niet pluis')
    await page.getByLabel('Wat zag of hoorde u?', { exact: false }).fill('Gordijnen dicht, deur van buiten op slot')
    // What is typed is stored a moment after the last letter; the screen says nothing about that.
    assert.ok(await totdat(async () => (await opSchijf(page, 'concept:niet pluis')) !== eerst))
    await stil(page, 'concept:niet pluis')
    await tablet.doden()
    await tablet.heropen()
    ;({ page } = tablet)
    // The session went with the browser, and a PIN opens with network only; after that it is cut again.
    await tablet.online()
    await tablet.aanmelden(ik, '/app/nieuw/niet-pluis')
    await tablet.ontgrendelen({ ...slot, kop: 'Niet pluis' })
    await tablet.offline()
    assert.equal(await page.getByLabel('Huisnummer').inputValue(), '78')
    assert.match(await page.getByLabel('Wat zag of hoorde u?', { exact: false }).inputValue(), /op slot$/)
    await page.getByLabel('Wat zag of hoorde u?', { exact: false }).fill(`Bel mij op ${['06', '12345678'].join(' ')}`)
    await tik(page, 'Verstuur')
    await page.getByText('De tekst bevat een telefoonnummer', { exact: false }).waitFor()
    // "No" sends nothing, also with words; "yes" alone is enough (RTE-24).
    await page.getByLabel('Wat zag of hoorde u?', { exact: false }).fill('')
    await page.getByRole('radio', { name: 'Nee', exact: true }).check()
    await tik(page, 'Verstuur')
    await page.getByText('Bij "nee" wordt er niets verstuurd').waitFor()
    await page.getByRole('radio', { name: 'Ja', exact: true }).check()
    await tik(page, 'Verstuur')
    await page.getByText('Uw gevoel gaat naar de aandachtsfunctionaris').waitFor()

    const af = await klant('af-veiligheid')
    const voor = (await alles(af, '/signalen?limiet=100')).length
    await tablet.online()
    const veldwerker = await klant(ik)
    const won = await totdat(async () => {
      const stand = await veldwerker.lees(`/controles/${van('WON').id}`).catch(() => null)
      return stand?.status === 'bezig' && stand
    })
    assert.equal(won.status, 'bezig')
    const inzet = await totdat(() => veldwerker.lees(`/controles/${van('WON').id}/inzet`).catch(() => null))
    assert.equal(inzet.filter((een) => een.ingechecktOp !== null && een.uitgechecktOp === null).length, 2)
    const bij = await totdat(() => veldwerker.lees(`/controles/${elders}`).catch(() => null))
    assert.equal(bij.status, 'bezig')
    const na = await totdat(async () => {
      const aantal = (await alles(af, '/signalen?limiet=100')).length
      return aantal > voor && aantal
    })
    assert.equal(na, voor + 1)
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

test('[CAD-16] a round through a street is kept as a round and counts for nothing', { timeout: 240_000 }, async () => {
  const veld = await maakVeld()
  const [ik] = Object.keys(veld.accounts)
  const tablet = await klaar(ik)
  try {
    const { page } = tablet
    const veldwerker = await klant(ik)
    const geteld = async () => (await alles(veldwerker, '/controles?limiet=100')).length
    await page.getByRole('heading', { name: veld.controles[0].naam, exact: true }).waitFor()
    const voor = await geteld()
    await ga(page, '/nieuw/ronde')
    await page.getByLabel('Straat').fill('Geleenkade 12')
    await tik(page, 'Begin de ronde')
    await page.getByText('zonder huisnummer', { exact: false }).waitFor()
    await page.getByLabel('Straat').fill('Geleenkade')
    await tik(page, 'Begin de ronde')
    await page.getByLabel('Ramen in gebruik', { exact: false }).fill('7')
    await tik(page, 'Klaar met de ronde')
    await page.getByText('De ronde is vastgelegd').waitFor()
    const ronde = await totdat(async () =>
      (await alles(veldwerker, '/rondes')).find((een) => een.gebied === 'Geleenkade'),
    )
    assert.equal(ronde.ramenInGebruik, 7)
    assert.equal(await geteld(), voor)
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

test('[REG-09] a flag of the Pandbrigade on a phone, typed at the pace of a thumb, takes less than a minute', {
  timeout: 240_000,
}, async (t) => {
  const tablet = await klaar('pandbrigade', { formaat: TELEFOON })
  try {
    const { page } = tablet
    await page.getByRole('heading', { level: 1, name: 'Vandaag' }).waitFor()
    const begin = Date.now()
    const toets = { delay: 180 }
    await page.getByRole('link', { name: 'Iets anders vastleggen' }).click()
    await page.waitForTimeout(800)
    await page.getByRole('link', { name: 'Overbewoning of ander woongebruik' }).click()
    for (const [veld, waarde] of [
      ['Postcode', '1001 AB'],
      ['Huisnummer', '81'],
      ['Straat', 'Achterkade'],
      ['Woonplaats', 'Veldwachtstad'],
      ['Oppervlakte in m²', '60'],
      ['Aantal bedden', '11'],
      ['Aantal personen', '11'],
    ]) {
      await page.getByLabel(veld).click()
      await page.getByLabel(veld).pressSequentially(waarde, toets)
    }
    await page.getByText('5,45 m² per persoon, onder de helft van de norm', { exact: false }).waitFor()
    await tik(page, 'Leg vast')
    await page.getByText('Het staat op deze tablet', { exact: false }).waitFor()
    const seconden = (Date.now() - begin) / 1000
    t.diagnostic(`seconds from the day to stored: ${seconden.toFixed(1)}`)
    assert.ok(seconden < 60, `${seconden} s`)

    const af = await klant('af-veiligheid')
    const vlag = await totdat(async () => (await alles(af, '/vlaggen')).find((een) => een.adres.huisnummer === 81))
    assert.equal(vlag.soort, 'overbewoning')
    assert.equal(Math.round(vlag.m2PerPersoon * 100), 545)
    assert.ok(vlag.onderHalveNorm)

    // Another address, with a photo: a ground first, then the camera of the app; it goes after the flag and hangs on it.
    await tik(page, 'Nog een adres')
    for (const [veld, waarde] of [
      ['Postcode', '1001 AB'],
      ['Huisnummer', '82'],
      ['Straat', 'Achterkade'],
      ['Woonplaats', 'Veldwachtstad'],
      ['Oppervlakte in m²', '60'],
      ['Aantal bedden', '11'],
      ['Aantal personen', '11'],
    ])
      await page.getByLabel(veld).fill(waarde)
    await tik(page, 'Foto erbij (hoeft niet)')
    const maak = page.getByRole('button', { name: 'Foto maken' })
    assert.ok(await maak.isDisabled(), 'no photo without a ground')
    await page.getByRole('radio', { name: /Binnen, een bewoner vindt het goed/ }).check()
    await maak.click()
    await tik(page, 'Maak foto')
    await tik(page, 'Gebruik foto')
    await page.getByRole('img', { name: 'Foto 1' }).waitFor()
    assert.deepEqual(await axe(page, 'flag with a photo'), [])
    await tik(page, 'Leg vast')
    const metFoto = await totdat(async () =>
      (await alles(af, '/vlaggen')).find((een) => een.adres.huisnummer === 82 && een.fotos.length > 0),
    )
    assert.equal(metFoto?.fotos.length, 1, 'the photo is stored with its flag')
    await page.getByText('Alles is aangekomen').waitFor()
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

test('[ROL-09] the desk says what happened, never who: one record for the AF, one address, one task, no letter', {
  timeout: 240_000,
}, async () => {
  const tablet = await klaar('balie')
  try {
    const { page } = tablet
    const af = await klant('af-veiligheid')
    const balie = await klant('balie')
    const signalen = (await alles(af, '/signalen?limiet=100')).length
    const onderzoeken = (await alles(balie, '/adresonderzoeken')).length
    await ga(page, '/nieuw/balie')
    await page.getByRole('checkbox', { name: 'Een ander voert steeds het woord.' }).check()
    const vragen = await page.locator('label, legend').allInnerTexts()
    assert.doesNotMatch(vragen.join('|'), /\bnaam\b|geboorte|bsn|nationaliteit|geslacht|telefoon|wie is/i)
    await page.getByLabel('Postcode').fill('1001AB')
    await page.getByLabel('Huisnummer').fill('83')
    await tik(page, 'Verstuur')
    await page.getByText('De melding gaat naar de aandachtsfunctionaris').waitFor()
    const adres = await totdat(async () => {
      const alle = await alles(balie, '/adresonderzoeken')
      return alle.length > onderzoeken && alle.find((een) => een.adres?.includes('83'))
    })
    assert.ok(adres, 'the address is in investigation')
    assert.equal(adres.brief, false)
    assert.equal((await alles(balie, '/adresonderzoeken')).length, onderzoeken + 1)
    assert.equal((await alles(af, '/signalen?limiet=100')).length, signalen + 1)
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

test('a team leader sees what stands on each tablet and can have a lost one wiped', { timeout: 240_000 }, async () => {
  const veld = await maakVeld()
  const [ik, , baas] = Object.keys(veld.accounts)
  const kwijt = await klaar(ik)
  const tablet = await klaar(baas)
  try {
    await kwijt.page.getByRole('heading', { name: veld.controles[0].naam, exact: true }).waitFor()
    const { page } = tablet
    await ga(page, '/tablets')
    const kader = page.getByRole('region', { name: ik, exact: true })
    await totdat(async () => {
      await tik(page, 'Ververs')
      await page.waitForTimeout(500)
      return (await kader.count()) > 0
    })
    await kader.getByRole('button', { name: 'Tablet kwijt: wissen' }).click()
    await kader.getByRole('button', { name: 'Ja, wis deze tablet' }).click()
    await kader.getByText('Wordt gewist zodra de tablet netwerk heeft.').waitFor()
    // Open, with network and with nothing that waits: a tap on "Verstuur nu" is enough.
    await ga(kwijt.page, '/verzenden')
    await tik(kwijt.page, 'Verstuur nu')
    await kop(kwijt.page, 'Deze tablet is gewist')
    const gewist = await totdat(async () => {
      await tik(page, 'Ververs')
      return kader
        .getByText(/^Gewist/)
        .waitFor({ timeout: 2000 })
        .then(() => true)
        .catch(() => false)
    }, 60)
    assert.equal(gewist, true)
    assert.match(await kader.innerText(), /\d+\.\d+\.\d+\+[0-9a-f]{8}/, 'which build runs there')
    assert.deepEqual(await axe(page, 'tablets of a team'), [])
    sluitend(tablet)
  } finally {
    await tablet.sluit()
    await kwijt.sluit()
  }
})

test('[PLN-18] tomorrow stands below today; an action says time and meeting point, and no address before the briefing', {
  timeout: 240_000,
}, async () => {
  const veld = await maakVeld()
  const tablet = await klaar(Object.keys(veld.accounts)[0])
  try {
    const { page } = tablet
    await page.locator('summary', { hasText: /^Morgen, / }).click()
    const morgen = page.locator('details', { hasText: /^Morgen, / })
    await morgen.getByText('Station Proefkade').waitFor()
    const tekst = await morgen.innerText()
    assert.match(tekst, /De adressen ziet u vanaf \w+dag \d+ \w+ 21:00\./)
    assert.match(tekst, new RegExp(`09:00 · ${veld.controles[0].naam.replace('.', '\\.')}`))
    assert.doesNotMatch(tekst, new RegExp(`${veld.controles[2].naam.replace('.', '\\.')}\\b`))
    assert.deepEqual(await axe(page, 'tomorrow'), [])
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

test('what an earlier control found is said in words before one goes in, and a closure opens its question', {
  timeout: 240_000,
}, async () => {
  const veld = await maakVeld()
  const tablet = await klaar(Object.keys(veld.accounts)[0])
  const plek = veld.controles[10]
  try {
    const { page } = tablet
    await page.getByRole('link', { name: `Over deze plek: ${plek.naam}` }).click()
    await kop(page, plek.naam)
    await page.getByText('Werken rookmelders niet, of zijn vluchtwegen niet vrij?').waitFor()
    await page.getByText(/was het antwoord: ja\. Moet hersteld zijn voor \d+ \w+ \d{4}/).waitFor()
    await page.getByText('Gemeentewet artikel 174: openbare inrichting').waitFor()
    await page.getByText('Let op: Dit pand is eerder gesloten').waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), /\b[A-Z]{3}-\d\d\b|signaal/i)
    assert.deepEqual(await axe(page, 'earlier findings'), [])
    await page.getByRole('link', { name: '‹ Vandaag' }).click()
    await begin(page, plek.naam, plek.type)
    await page.locator('#vraag-ARB-22').waitFor()
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})

/** Moves the clock of the page ahead; timers go on as they are. */
const dagenVooruit = (page, dagen) => page.clock.setSystemTime(Date.now() + dagen * 86_400_000)

test('two days without network: the tablet locks, opens again, keeps what it began, and all of it arrives once', {
  timeout: 240_000,
}, async () => {
  const veld = await maakVeld()
  const tablet = await klaar(Object.keys(veld.accounts)[0])
  const [hor, seks] = veld.controles
  const open = async () => {
    await page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
    await tablet.ontgrendelen({ kop: null })
  }
  const { page } = tablet
  try {
    await page.getByRole('heading', { name: hor.naam, exact: true }).waitFor()
    await tablet.offline()
    await begin(page, hor.naam, hor.type)
    await antwoord(page, 'ARB-01', 'Ja')
    await dagenVooruit(page, 1)
    await open()
    await kop(page, hor.naam)
    await antwoord(page, 'ARB-04', 'Nee')
    await ga(page, '/')
    await page.getByRole('heading', { level: 2, name: 'Nu bezig' }).waitFor()
    // The day of yesterday is over; what was not begun is no work of today.
    await page.getByRole('heading', { level: 3, name: seks.naam, exact: true }).waitFor({ state: 'detached' })
    await dagenVooruit(page, 2)
    await page.reload()
    await open()
    await page.getByText('De dag staat nog niet op deze tablet').waitFor()
    assert.deepEqual(await axe(page, 'two days without network'), [])
    await page.getByRole('link', { name: `Verder bij ${hor.naam}` }).click()
    await antwoord(page, 'BEV-02', 'Ja')
    await vertrek(page)
    await dagenVooruit(page, 0)
    await tablet.online()
    const stand = await totdat(async () => {
      const nu = (await leesStand([hor.id]))[hor.id]
      return nu.status === 'afgerond' && nu
    }, 60)
    assert.ok(stand, JSON.stringify(await leesStand([hor.id])))
    assert.deepEqual(
      [stand.antwoorden['ARB-01'], stand.antwoorden['ARB-04'], stand.antwoorden['BEV-02']],
      [['ja'], ['nee'], ['ja']],
    )
    assert.deepEqual(stand.quarantaine, [])
    assert.equal(new Set(stand.gebeurtenissen.map(({ volgnummer }) => volgnummer)).size, stand.gebeurtenissen.length)
    sluitend(tablet)
  } finally {
    await tablet.sluit()
  }
})
