import { test, after } from 'node:test'
import { klant, maakVeld, openTablet, stopProef, totdat } from './opstelling.mjs'
after(stopProef)
test('wipe', { timeout: 90_000 }, async () => {
  const veld = await maakVeld()
  const [ik, , baas] = Object.keys(veld.accounts)
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(ik)
    await tablet.instellen()
    const { page } = tablet
    page.on('response', async (r) => { if (r.url().includes('apparaten')) console.log(r.request().method(), r.url(), r.status(), (await r.text().catch(() => '')).slice(0, 300)) })
    page.on('console', (m) => console.log('console', m.text()))
    await page.getByRole('heading', { name: veld.controles[0].naam, exact: true }).waitFor()
    const leider = await klant(baas)
    const mijn = await totdat(async () => (await leider.alles('/apparaten')).find((een) => een.naam === ik || true))
    console.log(mijn)
    await leider.wijzig(`/apparaten/${mijn.id}`, '/_wissen')
    await page.evaluate(() => { history.pushState(null, '', '/app/verzenden'); dispatchEvent(new PopStateEvent('popstate')) })
    console.log((await page.locator('body').innerText()))
    await page.getByRole('button', { name: /Verstuur/ }).click()
    await page.getByRole('heading', { name: 'Deze tablet is gewist' }).waitFor().catch(() => console.log('NOT'))
    console.log((await page.locator('body').innerText()), tablet.fouten)
  } finally { await tablet.sluit() }
})
