// What a tap in the list takes, from a recording of the browser itself: on the clock, and in work of the main thread of the page.

/**
 * Taps an answer of so many questions of the list, one after the other, each in the middle of the screen as under a thumb.
 *
 * Of each tap, in milliseconds: `ms` on the clock until the screen was drawn with the answer on it; `scherm`, what the main thread worked
 * until then; `werk`, what it worked for the tap in all; `langste`, the longest single task after the answer was on the screen, which a
 * next tap would have to wait for. Work does not change by what else the machine does. `erbij`: how many questions it opened, or closed.
 * @param {'eerste' | 'laatste'} keuze which answer: the first ("Ja") opens questions, the last is "Niet vastgesteld"
 */
export async function tikken(tablet, hoeveel, keuze = 'laatste') {
  const { page } = tablet
  const codes = await page.evaluate((aantal) => {
    const groepen = [...document.querySelectorAll('.vw-vraag:has([role="radiogroup"])')]
    return groepen.slice(0, aantal).map((een) => een.id)
  }, hoeveel)
  const getikt = []
  const stop = await neemOp(tablet)
  for (const id of codes) {
    if (!(await page.evaluate(naarHetMidden, id))) continue // closed by an answer before it
    getikt.push({ id, erbij: await page.evaluate(tik, [id, keuze]) })
  }
  const werk = perTik(await stop())
  return getikt.map((een, nr) => ({ ...een, ...werk[nr] }))
}

/** Records tasks and marks of the browser; gives what ends the recording and answers with it. */
async function neemOp({ browser }) {
  const cdp = await browser.newBrowserCDPSession()
  const opname = []
  cdp.on('Tracing.dataCollected', ({ value }) => opname.push(...value))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  })
  return async () => {
    const klaar = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve))
    await cdp.send('Tracing.end')
    await klaar
    await cdp.detach()
    return opname
  }
}

/** `ts` and `dur` are on the clock, `tts` and `tdur` are time of the thread; in thousandths. */
function perTik(opname) {
  const merken = opname.filter(({ cat }) => cat === 'blink.user_timing').sort((a, b) => a.ts - b.ts)
  const [tik, beeld, eind] = ['tik', 'beeld', 'eind'].map((naam) => merken.filter((m) => m.name === naam))
  const taken = opname.filter(
    ({ name, pid, tid, tdur }) =>
      name === 'ThreadControllerImpl::RunTask' && tdur > 0 && pid === tik[0]?.pid && tid === tik[0]?.tid,
  )
  return tik.map((begin, nr) => {
    // The mark stands in the task that draws: on the screen is what stands there when that task ends.
    const frame = taken.find(({ ts, dur }) => ts < beeld[nr].ts && beeld[nr].ts < ts + dur)
    const getekend = frame.ts + frame.dur
    const later = taken.filter(({ ts }) => ts >= getekend && ts < eind[nr].ts)
    return {
      ms: (getekend - begin.ts) / 1000,
      scherm: (frame.tts + frame.tdur - begin.tts) / 1000,
      werk: (eind[nr].tts - begin.tts) / 1000,
      langste: Math.max(0, ...later.map(({ tdur }) => tdur)) / 1000,
    }
  })
}

// The next two run in the page.

function naarHetMidden(id) {
  const vraag = document.getElementById(id)
  vraag?.scrollIntoView({ block: 'center' })
  return new Promise((klaar) => setTimeout(() => klaar(vraag !== null), 100))
}

/** Taps, between two pauses in which all that follows is done; answers how many questions that opened. */
async function tik([id, keuze]) {
  const rust = () => new Promise((klaar) => setTimeout(klaar, 250))
  const vragen = () => document.querySelectorAll('.vw-vraag').length
  const voor = vragen()
  const alle = [...document.querySelectorAll(`#${id} [role="radio"]`)]
  const knop = alle.at(keuze === 'eerste' ? 0 : -1)
  // A tap on what is chosen already changes nothing that could be waited for.
  const doel = knop.getAttribute('aria-checked') === 'true' ? alle.at(keuze === 'eerste' ? 1 : -2) : knop
  await rust()
  const beeld = new Promise((klaar) => {
    const kijk = () => {
      // An answer can also close its own question: then its button is gone.
      if (doel.isConnected && doel.getAttribute('aria-checked') !== 'true') return
      waarnemer.disconnect()
      requestAnimationFrame(() => klaar(performance.mark('beeld')))
    }
    const waarnemer = new MutationObserver(kijk)
    waarnemer.observe(document.body, { attributes: true, childList: true, subtree: true })
  })
  performance.mark('tik')
  doel.click()
  await beeld
  await rust()
  performance.mark('eind')
  // An answer that means danger asks for attention before all else.
  document.querySelector('dialog:modal')?.dispatchEvent(new Event('cancel'))
  return vragen() - voor
}
