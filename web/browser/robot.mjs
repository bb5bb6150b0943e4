// An inspector at work: walks controls through the screens as a person does, by what stands on them.

/** Another screen of the app as a tap on a link opens it: loading it anew would lock the tablet. */
export const ga = (page, pad) =>
  page.evaluate((naar) => {
    history.pushState(null, '', naar)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/app${pad}`)

/** Opens the list of a control: who is there, the ground at a dwelling, inside. */
export async function begin(page, naam, type) {
  await page.getByRole('link', { name: `Beginnen bij ${naam}`, exact: true }).click()
  await page.getByRole('checkbox').first().click()
  if (type === 'WON')
    await page
      .getByRole('radio', { name: /toestemming/i })
      .first()
      .click()
  await page.getByRole('button', { name: 'Wij gaan naar binnen' }).click()
  await page.getByRole('heading', { level: 1, name: naam }).waitFor()
}

/** Answers a question by its code, and waits until that is on the disk. */
export async function antwoord(page, code, keuze) {
  const vraag = page.locator(`#vraag-${code}`)
  await vraag.getByRole('radio', { name: keuze, exact: true }).click()
  await page.waitForFunction(
    ([id, tekst]) =>
      [...document.querySelectorAll(`#${id}:not([aria-busy]) [aria-checked="true"]`)].some(
        (een) => een.textContent.trim() === tekst,
      ),
    [`vraag-${code}`, keuze],
  )
}

/** "Niet vastgesteld" on the first questions of the list that have no answer yet; gives their codes. */
export async function nietVastgesteld(page, hoeveel) {
  const codes = []
  for (let nr = 0; nr < hoeveel; nr += 1) {
    const code = await page.evaluate(() => {
      const vraag = [...document.querySelectorAll('.vw-vraag')].find(
        (een) => een.querySelector('[role="radiogroup"]') && !een.querySelector('[aria-checked="true"]'),
      )
      return vraag?.id.replace('vraag-', '') ?? null
    })
    if (code === null) return codes
    await antwoord(page, code, 'Niet vastgesteld')
    codes.push(code)
  }
  return codes
}

/** Outside: the tap, and back to the day. */
export async function vertrek(page) {
  await page.getByRole('button', { name: 'Naar buiten' }).click()
  await page.getByRole('button', { name: 'Wij zijn vertrokken' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wij zijn vertrokken' }).waitFor()
  await page.getByRole('link', { name: 'Klaar, naar vandaag' }).click()
  await page.getByRole('heading', { level: 1, name: 'Vandaag' }).waitFor()
}
