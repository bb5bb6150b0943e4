// Every screen: axe in light and dark, big letters without loss, and what may not be read over a shoulder.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { axe } from './axe.mjs'
import { stopProef, TELEFOON } from './opstelling.mjs'
import { antwoord, vertrek } from './robot.mjs'
import { inEenControle, open, paden } from './schermen.mjs'

const DIST = fileURLToPath(new URL('../dist/assets/', import.meta.url))
let veld
let tablet

before(async () => {
  ;({ veld, tablet } = await inEenControle())
  // A red flag and what opens on it: nothing of the screen may tell (PLN-19).
  await antwoord(tablet.page, 'ENT-21', 'Ja')
})

after(async () => {
  await tablet?.sluit()
  await stopProef()
})

test('axe finds nothing on any screen, in light, dark and bright sun', async () => {
  const { page } = tablet
  const gevonden = []
  for (const contrast of ['licht', 'donker', 'zon']) {
    await page.evaluate((waarde) => {
      document.documentElement.dataset.contrast = waarde
    }, contrast)
    for (const pad of paden(veld)) {
      await open(page, pad)
      gevonden.push(...(await axe(page, `${contrast} ${pad}`, contrast !== 'licht')))
    }
  }
  await page.evaluate(() => {
    document.documentElement.dataset.contrast = 'apparaat'
  })
  assert.deepEqual(gevonden, [])
})

test('[PLN-19] before departure no screen holds a score, the word "signaal" or red', async () => {
  const { page } = tablet
  const fout = []
  for (const contrast of ['licht', 'donker']) {
    await page.emulateMedia({ colorScheme: contrast === 'licht' ? 'light' : 'dark' })
    for (const pad of paden(veld)) {
      await open(page, pad)
      fout.push(
        ...(await page.evaluate((plek) => {
          const gevonden = []
          const woord = /signaal|signalen|\bscore|punten|rode vlag|\balarm/i
          const rood = (kleur) => {
            const delen = kleur.match(/[\d.]+/g)?.map(Number)
            if (!delen || delen.length < 3 || (delen[3] ?? 1) < 0.1) return false
            const [r, g, b] = delen
            return r > 110 && r > 1.6 * g && r > 1.6 * b
          }
          const teksten = [document.title, document.body.innerText]
          for (const een of document.querySelectorAll('*')) {
            for (const { name, value } of een.attributes) {
              if (/^(aria-|title|alt|class|id|href|data-|placeholder)/.test(name)) teksten.push(value)
            }
            const stijl = getComputedStyle(een)
            if (een.getClientRects().length === 0) continue
            for (const kleur of ['color', 'backgroundColor', 'borderTopColor', 'outlineColor', 'fill', 'stroke'])
              if (rood(stijl[kleur])) gevonden.push(`${plek}: ${kleur} ${stijl[kleur]} ${een.outerHTML.slice(0, 100)}`)
          }
          for (const tekst of teksten) {
            const treffer = woord.exec(tekst)
            if (treffer)
              gevonden.push(
                `${plek}: ${treffer[0]} in "${tekst.slice(Math.max(0, treffer.index - 40), treffer.index + 40)}"`,
              )
          }
          return gevonden
        }, `${contrast} ${pad}`)),
      )
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual([...new Set(fout)], [])
})

test('letters of 200 % and a telephone: nothing is cut off and nothing lies beside the screen', async () => {
  const { page } = tablet
  const fout = []
  for (const [letters, formaat] of [
    ['200', TELEFOON],
    ['200', tablet.keuzes.formaat],
    ['100', TELEFOON],
  ]) {
    await page.setViewportSize(formaat)
    await page.evaluate((waarde) => {
      document.documentElement.dataset.letters = waarde
    }, letters)
    for (const pad of paden(veld)) {
      await open(page, pad)
      fout.push(
        ...(await page.evaluate((plek) => {
          const gevonden = []
          const acuut = document.querySelector('.vw-voet .vw-acuut-knop').getBoundingClientRect()
          const boven = document.elementFromPoint(acuut.left + acuut.width / 2, acuut.top + acuut.height / 2)
          if (!boven?.closest('.vw-acuut-knop')) gevonden.push(`${plek}: acuut is not in sight`)
          const voet = document.querySelector('.vw-voet').getBoundingClientRect().height
          if (voet > innerHeight * 0.35) gevonden.push(`${plek}: the foot takes ${Math.round(voet)} px`)
          const balk = document.querySelector('.vw-springbalk')?.getBoundingClientRect().height ?? 0
          if (voet + balk > innerHeight * 0.45)
            gevonden.push(`${plek}: foot and bar take ${Math.round(voet + balk)} px`)
          for (const vak of document.querySelectorAll('.vw-kader, .vw-vraag, .vw-tegel, .vw-nogopen'))
            if (vak.scrollWidth > vak.clientWidth + 2)
              gevonden.push(`${plek}: wider than its box ${vak.outerHTML.slice(0, 90)}`)
          for (const naam of document.querySelectorAll('.vw-deel__naam')) {
            const woord = document.createRange()
            woord.selectNodeContents(naam)
            if (woord.getClientRects().length > 1) gevonden.push(`${plek}: ${naam.textContent} is broken`)
          }
          if (document.documentElement.scrollWidth > innerWidth + 1)
            gevonden.push(`${plek}: ${document.documentElement.scrollWidth} px wide`)
          for (const een of document.querySelectorAll('button, a, label, h1, h2, h3')) {
            const { width, right, left } = een.getBoundingClientRect()
            const buiten =
              width > 0 &&
              !een.closest('.maplibregl-map, .ams-visually-hidden') &&
              !een.classList.contains('ams-visually-hidden')
            if (buiten && (right > innerWidth + 1 || left < -1))
              gevonden.push(`${plek}: beside the screen ${een.outerHTML.slice(0, 90)}`)
            if (buiten && een.matches('button, a') && een.scrollWidth > een.clientWidth + 2 && een.clientWidth > 0)
              gevonden.push(`${plek}: cut off ${een.outerHTML.slice(0, 90)}`)
          }
          return gevonden
        }, `${letters} ${formaat.width} ${pad}`)),
      )
    }
  }
  await page.evaluate(() => {
    document.documentElement.dataset.letters = '100'
  })
  await page.setViewportSize(tablet.keuzes.formaat)
  assert.deepEqual([...new Set(fout)], [])
})

test('buttons are 56 px at least', async () => {
  const { page } = tablet
  const fout = []
  for (const pad of paden(veld)) {
    await open(page, pad)
    fout.push(
      ...(await page.evaluate(
        (plek) =>
          [...document.querySelectorAll('button, a.vw-knop, summary, input[type="text"], select')]
            .filter((een) => een.getClientRects().length > 0 && !een.closest('.maplibregl-map'))
            .map((een) => ({ een, hoog: een.getBoundingClientRect().height }))
            .filter(({ hoog }) => hoog < 55.5)
            .map(({ een, hoog }) => `${plek}: ${hoog.toFixed(0)} px ${een.outerHTML.slice(0, 90)}`),
        pad,
      )),
    )
  }
  assert.deepEqual([...new Set(fout)], [])
})

test('[DEF-07] [HLP-06] the build never says "loverboy", and a victim is a possible one', () => {
  const tekst = readdirSync(DIST)
    .filter((naam) => /^index-.*\.js$|^Plattegrond/.test(naam))
    .map((naam) => readFileSync(DIST + naam, 'utf8'))
    .join('\n')
  assert.ok(tekst.length > 100_000)
  assert.doesNotMatch(tekst, /loverboy/i)
  for (const treffer of tekst.matchAll(/slachtoffers?\b/gi)) {
    const omgeving = tekst.slice(Math.max(0, treffer.index - 40), treffer.index + 30)
    assert.match(omgeving, /mogelijke? slachtoffers?|mogelijkSlachtoffer/i, omgeving)
  }
})

test('after "wij zijn vertrokken" the screen says what follows, and axe finds nothing there', async () => {
  const { page } = tablet
  const [{ id, naam }] = veld.controles
  await open(page, `/controle/${id}`)
  await vertrek(page)
  await open(page, `/controle/${id}`)
  await page.getByRole('heading', { name: 'Signaal', exact: true }).waitFor()
  assert.deepEqual(await axe(page, `buiten ${naam}`), [])
  assert.deepEqual(tablet.fouten, [])
  assert.deepEqual(tablet.vreemd, [])
})
