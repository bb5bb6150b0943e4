// What a tablet takes from an empty page to the first screen; taps stand in tikken.mjs.

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
 * Milliseconds that the main thread of a page works while something is done. On a machine that is shared this says more than a clock:
 * what others do in between does not count.
 */
export async function rekentijd(page, werk) {
  await page.cdp.send('Performance.disable')
  await page.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const lees = async () => {
    const { metrics } = await page.cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  }
  const begin = await lees()
  const uitkomst = await werk()
  return { ms: (await lees()) - begin, uitkomst }
}
