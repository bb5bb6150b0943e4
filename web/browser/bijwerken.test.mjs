// A new build: the running control goes on with the old one, nothing is lost, and the new one comes after it by a tap.

import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { leesStand, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
import { begin, nietVastgesteld, vertrek } from './robot.mjs'

after(stopProef)

const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** Puts another build in its place, as a release does: its own names, and the files of the old one are gone. */
function releaseAnother() {
  const oud = readdirSync(join(DIST, 'assets')).find((naam) => /^index-.*\.js$/.test(naam))
  const nieuw = oud.replace(/^index-.{4}/, 'index-Twee')
  renameSync(join(DIST, 'assets', oud), join(DIST, 'assets', nieuw))
  const pagina = readFileSync(join(DIST, 'index.html'), 'utf8')
  writeFileSync(join(DIST, 'index.html'), pagina.replace(oud, nieuw))
  const werker = readFileSync(join(DIST, 'dienstwerker.js'), 'utf8').replaceAll(oud, nieuw)
  const herzien = werker.replace(/("revision":")[0-9a-f]{8}([0-9a-f]*","url":"index\.html")/, '$1feedbeef$2')
  assert.notEqual(herzien, werker, 'the list of files names the page with its revision')
  writeFileSync(join(DIST, 'dienstwerker.js'), herzien)
  return nieuw
}

test('an update waits for the end of the control, loses nothing and comes by a tap', async () => {
  const bewaard = mkdtempSync(join(tmpdir(), 'veldwacht-dist-'))
  cpSync(DIST, bewaard, { recursive: true })
  const veld = await maakVeld()
  const tablet = await openTablet()
  const { page } = tablet
  try {
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    await tablet.werker()
    const { id, naam, type } = veld.controles[0]
    await begin(page, naam, type)
    const eerst = await nietVastgesteld(page, 1)
    const nieuw = releaseAnother()
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/app/')).update())
    await page.getByText('Er is een nieuwe versie. Die komt na deze controle.').waitFor()
    const daarna = await nietVastgesteld(page, 1)

    // The power goes in the middle: the app that starts is the old one, from its own store.
    await page.reload()
    await tablet.ontgrendelen({ kop: naam })
    const later = await nietVastgesteld(page, 1)
    await vertrek(page)
    const knop = page.getByRole('button', { name: 'Nieuwe versie: tik om bij te werken' })
    await knop.waitFor()
    await knop.click()
    await page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
    assert.equal(await page.locator(`script[src$="${nieuw}"]`).count(), 1, 'the new build runs')
    await tablet.ontgrendelen()
    const stand = await totdat(async () => {
      const gelezen = (await leesStand([id]))[id]
      return gelezen.status === 'afgerond' && gelezen
    }, 30)
    for (const code of [...eerst, ...daarna, ...later]) assert.deepEqual(stand.antwoorden[code], ['niet vastgesteld'])
    assert.deepEqual(tablet.fouten, [])
  } finally {
    await tablet.sluit()
    rmSync(DIST, { recursive: true })
    cpSync(bewaard, DIST, { recursive: true })
    rmSync(bewaard, { recursive: true })
  }
})
