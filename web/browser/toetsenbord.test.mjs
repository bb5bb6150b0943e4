// Every screen with a keyboard alone: all of it is reached, in the order in which it stands, in sight, and what opens gives the focus back.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { stopProef, TABLET, TELEFOON } from './opstelling.mjs'
import { inEenControle, open, paden } from './schermen.mjs'

let veld
let tablet

before(async () => {
  ;({ veld, tablet } = await inEenControle())
})

after(async () => {
  await tablet?.sluit()
  await stopProef()
})

// The next two run in the page.

/** Remembers what a keyboard should reach, in the order of the page, and begins at its top. Of a group of radio buttons: one. */
function zetKlaar() {
  document.activeElement?.blur()
  getSelection().removeAllRanges()
  scrollTo(0, 0)
  const groepen = new Set()
  globalThis.teGaan = [
    ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]'),
  ].filter((een) => {
    if (een.disabled || een.tabIndex < 0 || een.closest('.maplibregl-map')) return false
    if (!een.checkVisibility({ visibilityProperty: true })) return false
    if (een.type !== 'radio') return true
    const nieuw = !groepen.has(een.name)
    groepen.add(een.name)
    return nieuw
  })
  return globalThis.teGaan.length
}

/** What has the focus: its place among them (-1: none of them, such as the map), and what is wrong with how it is seen. */
function waarBenIk() {
  const een = document.activeElement
  const nummer = globalThis.teGaan.findIndex(
    (ander) => ander === een || (een.type === 'radio' && ander.type === 'radio' && ander.name === een.name),
  )
  const naam = (een.getAttribute('aria-label') ?? een.closest('label')?.textContent ?? een.textContent)
    .trim()
    .slice(0, 50)
  if (een === document.body || nummer < 0) return { nummer, naam, fout: null }
  // A field may lie unseen in a tile that shows the focus for it.
  const vlak = een.closest('label') ?? een
  const { left, top, width, height, bottom } = vlak.getBoundingClientRect()
  const boven = document.elementFromPoint(left + width / 2, Math.max(0, top) + Math.min(height, innerHeight) / 2)
  const getekend = [een, vlak, ...vlak.querySelectorAll('*')].some((deel) => {
    const { outlineStyle, boxShadow } = getComputedStyle(deel)
    return outlineStyle !== 'none' || boxShadow !== 'none'
  })
  const fout = []
  if (!getekend) fout.push('has no mark of the focus')
  if (bottom <= 0 || top >= innerHeight) fout.push('is not on the screen')
  else if (boven === null || !(vlak.contains(boven) || boven.contains(een))) fout.push(`lies under ${boven?.className}`)
  return { nummer, naam, fout: fout.join(', ') || null }
}

/** Walks a screen with Tab; gives what is wrong, in words. */
async function loop(page, waar) {
  const aantal = await page.evaluate(zetKlaar)
  const fout = []
  const gezien = new Set()
  let vorige = -1
  // A field for numbers opens its keys when it is reached, and the map has stops of its own.
  for (let nr = 0; nr < aantal + 60 && gezien.size < aantal; nr += 1) {
    await page.keyboard.press('Tab')
    const hier = await page.evaluate(waarBenIk)
    if (hier.fout) fout.push(`${waar}: "${hier.naam}" ${hier.fout}`)
    if (hier.nummer < 0) continue
    // Once round: a screen that stood a moment later put the beginning elsewhere.
    if (hier.nummer < vorige && hier.nummer > 0) fout.push(`${waar}: "${hier.naam}" comes after what stands below it`)
    vorige = hier.nummer
    gezien.add(hier.nummer)
  }
  if (gezien.size < aantal) fout.push(`${waar}: ${aantal - gezien.size} of ${aantal} are not reached`)
  return fout
}

test('every screen by Tab: all of it, in order, in sight, with a mark', { timeout: 240_000 }, async () => {
  const { page } = tablet
  const fout = []
  for (const [formaat, letters, waar] of [
    [TELEFOON, '100', paden(veld)],
    [TABLET, '200', ['/', `/controle/${veld.controles[0].id}`, '/nieuw/bewoning']],
  ]) {
    await page.setViewportSize(formaat)
    await page.evaluate((waarde) => {
      document.documentElement.dataset.letters = waarde
    }, letters)
    for (const pad of waar) {
      await open(page, pad)
      fout.push(...(await loop(page, `${formaat.width} ${letters} ${pad}`)))
    }
  }
  await page.evaluate(() => {
    document.documentElement.dataset.letters = '100'
  })
  await page.setViewportSize(TABLET)
  assert.deepEqual(fout, [])
})

test('what lies over the screen keeps the focus, and gives it back by Escape', async () => {
  const { page } = tablet
  const [{ id }] = veld.controles
  const opDeKnop = (naam) => page.waitForFunction((tekst) => document.activeElement?.textContent.trim() === tekst, naam)
  await open(page, `/controle/${id}`)
  const knop = page.getByRole('button', { name: 'Mogelijk strafbaar feit gezien' })
  await knop.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  for (let nr = 0; nr < 8; nr += 1) {
    assert.ok(
      await page.evaluate(
        () => document.activeElement.closest('dialog') !== null || document.activeElement === document.body,
      ),
    )
    await page.keyboard.press(nr < 5 ? 'Tab' : 'Shift+Tab')
  }
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await opDeKnop('Mogelijk strafbaar feit gezien')

  await page.getByRole('button', { name: 'Vergunning' }).focus()
  await page.keyboard.press('Enter')
  const vasthouden = page.getByRole('button', { name: 'Houd vast om verder te gaan' })
  await vasthouden.focus()
  await page.keyboard.down('Enter')
  await vasthouden.waitFor({ state: 'detached' })
  await opDeKnop('Vergunning')
  await page.keyboard.down('Enter') // held a little too long
  await page.keyboard.up('Enter')
  assert.equal(await vasthouden.count(), 0)
  assert.deepEqual(tablet.fouten, [])
})

/** Presses what is called so, as a keyboard does, and looks where the focus is after it; it is never lost. */
async function druk(page, rol, naam, toets = 'Enter') {
  const doel = page.getByRole(rol, { name: naam, exact: true }).first()
  await doel.focus()
  await page.keyboard.press(toets)
  const waar = await page
    .waitForFunction(() => document.activeElement !== document.body && document.activeElement.isConnected)
    .then(
      () => null,
      () => `after "${naam}" the focus is lost`,
    )
  assert.equal(waar, null)
}

test('a control from its list to outside again, and the lock, by keyboard: the focus is never lost', {
  timeout: 240_000,
}, async () => {
  const { page } = tablet
  const [{ id }] = veld.controles
  const fout = []
  const walk = async (waar) => fout.push(...(await loop(page, waar)))
  const kop = (naam) => page.getByRole('heading', { level: 1, name: naam, exact: true }).waitFor()

  await open(page, `/controle/${id}`)
  // What is pressed goes away: more questions, the keys of a number, undo.
  await druk(page, 'button', /^Meer vragen bij entree/, 'Space')
  await page.locator('.vw-getal__veld').first().focus()
  await druk(page, 'button', /^Klaar/)
  await druk(page, 'radio', 'Nee', 'Space')
  await druk(page, 'button', 'Ongedaan maken')
  await page.waitForFunction(() => document.activeElement.id.startsWith('vraag-'))
  await druk(page, 'button', 'Niet binnengekomen')
  await kop('Niet binnengekomen')
  await walk('not inside')
  await druk(page, 'button', 'Terug naar de lijst')
  await druk(page, 'button', 'Acuut')
  for (let nr = 0; nr < 8; nr += 1) {
    await page.keyboard.press(nr < 5 ? 'Tab' : 'Shift+Tab')
    assert.ok(await page.evaluate(() => document.activeElement.closest('.vw-acuut') !== null))
  }
  await druk(page, 'button', 'Terug naar het scherm')
  await druk(page, 'button', 'Mogelijk strafbaar feit gezien')
  await druk(page, 'button', 'Ja, stop de lijst')
  await kop('Stop. Bel de politie.')
  await walk('stopped')
  await druk(page, 'button', 'Wij zijn buiten')
  await kop('Naar buiten')
  await walk('leaving')
  await druk(page, 'button', 'Wij zijn vertrokken')
  await kop('Wij zijn vertrokken')
  await walk('outside')
  await druk(page, 'link', 'Klaar, naar vandaag')
  await kop('Vandaag')

  // A form that is recorded, and one that says what is missing.
  await open(page, '/nieuw/ronde')
  await druk(page, 'button', 'Begin de ronde')
  await page.getByLabel('Straat').fill('Geleenkade')
  await druk(page, 'button', 'Begin de ronde')
  await druk(page, 'button', 'Klaar met de ronde')
  await page.getByText('De ronde is vastgelegd').waitFor()
  await walk('a round that is recorded')

  await open(page, '/instellingen')
  await druk(page, 'button', 'Vergrendel nu')
  await kop('Vergrendeld')
  await walk('locked')
  await druk(page, 'button', 'Ontgrendel')
  await kop('Instellingen')
  assert.deepEqual(fout, [])
  assert.deepEqual(tablet.fouten, [])
})
