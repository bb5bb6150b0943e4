// Events on their way: open while we are signed in and unlocked, sealed otherwise. One that is refused never holds up another.

import { ANDERE_INHOUD, conclude, isReceived, type Resultaat, settle, settleSealed, stay } from './afhandelen'
import type { Gebeurtenisrij } from './database'
import { type Antwoord, Later, refusalWords } from './netwerk'
import type { Omgeving } from './omgeving'
import type { Regel } from './regels'

export const HOOGSTENS = 200
const IS_DE_DIENST = 3

/** The service does not know us (any more): the sealed road stays. */
export class NietAangemeld extends Error {}

/** Never wait behind anything else, nor for a wait that the service asked: the service lets them through (docs/synchronisatie.md). */
export const DRINGEND: ReadonlySet<string> = new Set(['acuut', 'belmoment', 'signaal'])

/** In batches, what cannot wait first and by itself. */
function batches(regels: readonly Regel[], grootte: number): Regel[][] {
  const isDringend = (regel: Regel) => DRINGEND.has(regel.gebeurtenis.soort)
  const delen = [regels.filter(isDringend), regels.filter((regel) => !isDringend(regel))]
  return delen.flatMap((deel) =>
    Array.from({ length: Math.ceil(deel.length / grootte) }, (_, nr) => deel.slice(nr * grootte, (nr + 1) * grootte)),
  )
}

/**
 * Sends these events open, in pieces of at most 200. `stukVoorStuk` after the service failed again and again: one record that it
 * stumbles over then costs only itself; when several in a row fail it is the service, and we wait.
 */
export async function deliverOpen(om: Omgeving, regels: readonly Regel[], stukVoorStuk = false): Promise<void> {
  const grootte = stukVoorStuk ? 1 : HOOGSTENS
  let gestruikeld: Later | null = null
  let opRij = 0
  for (const partij of batches(regels, grootte)) {
    try {
      await deliverBatch(om, partij)
      opRij = 0
    } catch (fout) {
      if (!stukVoorStuk || !(fout instanceof Later) || ++opRij >= IS_DE_DIENST) throw fout
      gestruikeld = fout
    }
  }
  if (gestruikeld !== null) throw gestruikeld
}

async function deliverBatch(om: Omgeving, partij: readonly Regel[]): Promise<void> {
  mark(om, partij, true)
  let antwoord: Antwoord
  try {
    const inhoud = { gebeurtenissen: partij.map((regel) => regel.gebeurtenis) }
    antwoord = await om.netwerk.ask('POST', '/v1/synchronisaties', { inhoud, wachttijd: 60_000 })
  } catch (fout) {
    mark(om, partij, false)
    throw fout
  }
  if (antwoord.status === 401 || antwoord.status === 403) {
    mark(om, partij, false)
    throw new NietAangemeld('the service asks for a sign-in')
  }
  if (antwoord.status >= 400) await split(om, partij, antwoord)
  else await settleAll(om, partij, (antwoord.inhoud as { resultaten: Resultaat[] }).resultaten)
}

/** The batch is refused: halve it until the culprit is alone. */
async function split(om: Omgeving, partij: readonly Regel[], antwoord: Antwoord): Promise<void> {
  const [een] = partij
  if (partij.length === 1 && een !== undefined) {
    await conclude(om, [await stay(om, een, refusalWords(antwoord))])
    return
  }
  mark(om, partij, false)
  const helft = Math.ceil(partij.length / 2)
  await deliverBatch(om, partij.slice(0, helft))
  await deliverBatch(om, partij.slice(helft))
}

async function settleAll(om: Omgeving, partij: readonly Regel[], resultaten: readonly Resultaat[]): Promise<void> {
  const opId = new Map(resultaten.map((resultaat) => [resultaat.gebeurtenisId, resultaat]))
  const aflopen = partij.map(async (regel, plaats) => {
    const resultaat = opId.get(regel.gebeurtenis.gebeurtenisId) ?? resultaten[plaats]
    return resultaat === undefined ? null : settle(om, regel, resultaat)
  })
  await conclude(
    om,
    (await Promise.all(aflopen)).filter((afloop) => afloop !== null),
  )
  mark(om, partij, false)
}

function mark(om: Omgeving, partij: readonly Regel[], onderweg: boolean): void {
  const nu = partij.map(({ gebeurtenis }) => om.geheugen.regels.get(gebeurtenis.gebeurtenisId))
  const anders = nu.filter((regel) => regel !== undefined).filter((regel) => regel.onderweg !== onderweg)
  om.geheugen.keep(...anders.map((regel) => ({ ...regel, onderweg })))
}

interface Verzegeld {
  gebeurtenisId: string
  status: string
  ontvangst: { sha256: string } | null
}

/**
 * Sends the sealed copies; needs neither key nor sign-in. Answers the ids of what the service could not open.
 *
 * While unlocked the receipt is compared at once. While locked it cannot be: what this tablet can read again waits for that until it is
 * unlocked; what was recorded while locked (it can never read that) is done when the service opened and kept it.
 */
export async function deliverSealed(om: Omgeving, rijen: readonly Gebeurtenisrij[]): Promise<string[]> {
  const dicht: string[] = []
  for (let begin = 0; begin < rijen.length; begin += HOOGSTENS) {
    dicht.push(...(await sealedBatch(om, rijen.slice(begin, begin + HOOGSTENS))))
  }
  return dicht
}

async function sealedBatch(om: Omgeving, partij: readonly Gebeurtenisrij[]): Promise<string[]> {
  const zendingen = partij.map(({ gebeurtenisId, jwe }) => ({ gebeurtenisId, jwe }))
  const antwoord = await om.netwerk.ask('POST', '/v1/synchronisaties/_verzegeld', {
    inhoud: { zendingen },
    wachttijd: 60_000,
  })
  if (antwoord.status >= 400) {
    if (partij.length === 1) return partij.map((rij) => rij.gebeurtenisId)
    const helft = Math.ceil(partij.length / 2)
    return [...(await sealedBatch(om, partij.slice(0, helft))), ...(await sealedBatch(om, partij.slice(helft)))]
  }
  const opId = new Map(
    (antwoord.inhoud as { resultaten: Verzegeld[] }).resultaten.map((een) => [een.gebeurtenisId, een]),
  )
  const dicht: string[] = []
  const bezorgd: string[] = []
  const klaar: string[] = []
  const aflopen = []
  for (const { gebeurtenisId, geheim } of partij) {
    const resultaat = opId.get(gebeurtenisId)
    const regel = om.geheugen.regels.get(gebeurtenisId)
    if (resultaat?.ontvangst == null) dicht.push(gebeurtenisId)
    else if (geheim === undefined) klaar.push(gebeurtenisId)
    else if (!om.kluis.open || regel === undefined) bezorgd.push(gebeurtenisId)
    else if (await isReceived(regel.gebeurtenis, resultaat.ontvangst.sha256)) {
      aflopen.push(await settleSealed(om, regel, resultaat.status))
    } else aflopen.push(await stay(om, regel, ANDERE_INHOUD))
  }
  const { gebeurtenissen } = om.db
  await om.db.transaction('rw', gebeurtenissen, async () => {
    await gebeurtenissen.bulkDelete(klaar)
    await gebeurtenissen.where('gebeurtenisId').anyOf(bezorgd).modify({ stand: 'bezorgd' })
  })
  await conclude(om, aflopen)
  return dicht
}
