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

/** Opens all questions, then taps answers; per tap the milliseconds until the screen was drawn again with the answer on it. */
export async function tikken(page, hoeveel) {
  const meer = page.getByRole('button', { name: /^Meer vragen/ })
  for (let over = await meer.count(); over > 0; over -= 1) await meer.first().click()
  return page.evaluate(async (aantal) => {
    const groepen = [...document.querySelectorAll('[role="radiogroup"]')].slice(0, aantal)
    const tijden = []
    for (const groep of groepen) {
      const knop = [...groep.querySelectorAll('[role="radio"]:not([aria-checked="true"])')].at(-1)
      if (!groep.isConnected) continue // closed by an answer before it
      const begin = performance.now()
      knop.click()
      await new Promise((klaar) => {
        let gezien = false
        const kijk = () => {
          // An answer can also close its own question: then its button is gone.
          if (gezien || (knop.isConnected && knop.getAttribute('aria-checked') !== 'true')) return
          gezien = true
          let stop = null
          waarnemer.disconnect()
          requestAnimationFrame(() => {
            stop = new MessageChannel()
            stop.port1.onmessage = () => {
              tijden.push(performance.now() - begin)
              klaar()
            }
            stop.port2.postMessage(0)
          })
        }
        const waarnemer = new MutationObserver(kijk)
        waarnemer.observe(document.body, { attributes: true, childList: true, subtree: true })
        setTimeout(kijk, 2000)
      })
      await new Promise((klaar) => setTimeout(klaar, 150))
    }
    return tijden
  }, hoeveel)
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
