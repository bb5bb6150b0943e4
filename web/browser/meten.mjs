// What a tablet takes: from an empty page to the first screen, and from a tap to what it changes on the screen.

export const mediaan = (rij) => [...rij].sort((a, b) => a - b)[Math.floor(rij.length / 2)]

/** Milliseconds from the start of the load to the first heading of the app, without network. */
export async function vanafKoud(tablet) {
  await tablet.offline()
  await tablet.page.goto(`${tablet.url}/app/`)
  await tablet.page.getByRole('heading', { level: 1, name: 'Vergrendeld' }).waitFor()
  const gemeten = await tablet.page.evaluate(() => {
    const [verf] = performance.getEntriesByName('first-contentful-paint')
    return { tot: verf.startTime, klaar: performance.now() }
  })
  await tablet.online()
  return gemeten
}

/** The control with the most questions: a place where people work and live (LOG). */
export const langste = (veld) => veld.controles[4]

/** Opens what stands behind "Meer vragen". */
export async function openAlles(page) {
  const meer = page.getByRole('button', { name: /^Meer vragen/ })
  for (let over = await meer.count(); over > 0; over -= 1) await meer.first().click()
}

/**
 * Taps an answer of so many questions of the list, one after the other, each in the middle of the screen as under a thumb.
 *
 * Of each tap: `ms` on the clock until the screen was drawn with the answer on it; `werk`, the milliseconds that the main thread worked for
 * it in all, also after that; `erbij`, how many questions it opened (or closed, below zero).
 * @param {'eerste' | 'laatste'} keuze which answer: the first ("Ja") opens questions, the last is "Niet vastgesteld"
 */
export async function tikken(page, hoeveel, keuze = 'laatste') {
  const codes = await page.evaluate((aantal) => {
    const groepen = [...document.querySelectorAll('.vw-vraag:has([role="radiogroup"])')]
    return groepen.slice(0, aantal).map((een) => een.id)
  }, hoeveel)
  const lees = await werkteller(page)
  const uitkomst = []
  for (const id of codes) {
    if (!(await page.evaluate(naarHetMidden, id))) continue // closed by an answer before it
    const begin = await lees()
    await page.evaluate(tik, [id, null])
    const voor = await lees()
    const { ms, erbij } = await page.evaluate(tik, [id, keuze])
    // What the measuring itself costs is taken off.
    uitkomst.push({ id, ms, erbij, werk: (await lees()) - voor - (voor - begin) })
  }
  return uitkomst
}

// The next two run in the page.

function naarHetMidden(id) {
  const vraag = document.getElementById(id)
  vraag?.scrollIntoView({ block: 'center' })
  return new Promise((klaar) => setTimeout(() => klaar(vraag !== null), 100))
}

/** Taps and waits until all that follows is done; without a choice it only waits. */
async function tik([id, keuze]) {
  const rust = () => new Promise((klaar) => setTimeout(klaar, 250))
  const vragen = () => document.querySelectorAll('.vw-vraag').length
  const voor = vragen()
  if (keuze === null) return rust()
  const alle = [...document.querySelectorAll(`#${id} [role="radio"]`)]
  const knop = alle.at(keuze === 'eerste' ? 0 : -1)
  // A tap on what is chosen already changes nothing that could be waited for.
  const doel = knop.getAttribute('aria-checked') === 'true' ? alle.at(keuze === 'eerste' ? 1 : -2) : knop
  const begin = performance.now()
  doel.click()
  const ms = await new Promise((klaar) => {
    const kijk = () => {
      // An answer can also close its own question: then its button is gone.
      if (doel.isConnected && doel.getAttribute('aria-checked') !== 'true') return
      waarnemer.disconnect()
      requestAnimationFrame(() => {
        const na = new MessageChannel()
        na.port1.onmessage = () => klaar(performance.now() - begin)
        na.port2.postMessage(0)
      })
    }
    const waarnemer = new MutationObserver(kijk)
    waarnemer.observe(document.body, { attributes: true, childList: true, subtree: true })
  })
  await rust()
  // An answer that means danger asks for attention before all else.
  document.querySelector('dialog:modal')?.dispatchEvent(new Event('cancel'))
  return { ms, erbij: vragen() - voor }
}

/** Reads the milliseconds that the main thread of a page has worked; other load on the machine does not change them. */
async function werkteller(page) {
  await page.cdp.send('Performance.disable')
  await page.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await page.cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  }
}

/**
 * Milliseconds that the main thread of a page works while something is done. On a machine that is shared this says more than a clock:
 * what others do in between does not count.
 */
export async function rekentijd(page, werk) {
  const lees = await werkteller(page)
  const begin = await lees()
  const uitkomst = await werk()
  return { ms: (await lees()) - begin, uitkomst }
}
