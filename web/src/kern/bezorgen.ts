// Events on their way: open while we are signed in and unlocked, sealed otherwise. One that is refused never holds up another.

import { isReceived, type Resultaat, received, settle, stay } from './afhandelen'
import type { Gebeurtenisrij } from './database'
import { type Antwoord, refusalWords } from './netwerk'
import type { Omgeving } from './omgeving'
import type { Regel } from './regels'

export const HOOGSTENS = 200

/** The service does not know us (any more): the sealed road stays. */
export class NietAangemeld extends Error {}

/** Sends these events open, in pieces of at most 200. */
export async function deliverOpen(om: Omgeving, regels: readonly Regel[]): Promise<void> {
  for (let begin = 0; begin < regels.length; begin += HOOGSTENS) {
    await deliverBatch(om, regels.slice(begin, begin + HOOGSTENS))
  }
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
    await stay(om, een, { ...een.notitie, reden: refusalWords(antwoord), geweigerd: true })
    return
  }
  mark(om, partij, false)
  const helft = Math.ceil(partij.length / 2)
  await deliverBatch(om, partij.slice(0, helft))
  await deliverBatch(om, partij.slice(helft))
}

async function settleAll(om: Omgeving, partij: readonly Regel[], resultaten: readonly Resultaat[]): Promise<void> {
  const opId = new Map(resultaten.map((resultaat) => [resultaat.gebeurtenisId, resultaat]))
  for (const [plaats, regel] of partij.entries()) {
    const resultaat = opId.get(regel.gebeurtenis.gebeurtenisId) ?? resultaten[plaats]
    if (resultaat !== undefined) await settle(om, regel, resultaat)
  }
  mark(om, partij, false)
}

function mark(om: Omgeving, partij: readonly Regel[], onderweg: boolean): void {
  for (const { gebeurtenis } of partij) {
    const nu = om.geheugen.regels.get(gebeurtenis.gebeurtenisId)
    if (nu !== undefined && nu.onderweg !== onderweg) om.geheugen.keep({ ...nu, onderweg })
  }
}

interface Verzegeld {
  gebeurtenisId: string
  status: string
  ontvangst: { sha256: string } | null
}

/** Sends the sealed copies; needs neither key nor sign-in. Answers the ids of what the service could not open. */
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
  for (const rij of partij) {
    const resultaat = opId.get(rij.gebeurtenisId)
    if (resultaat?.ontvangst == null) dicht.push(rij.gebeurtenisId)
    else await settleSealed(om, rij, resultaat)
  }
  return dicht
}

/**
 * While unlocked the receipt is compared at once. While locked it cannot be: what this tablet can read again waits for that until it is
 * unlocked; what was recorded while locked (it can never read that) is done when the service opened and kept it.
 */
async function settleSealed(om: Omgeving, rij: Gebeurtenisrij, resultaat: Verzegeld): Promise<void> {
  const regel = om.geheugen.regels.get(rij.gebeurtenisId)
  if (rij.geheim === undefined) await om.db.gebeurtenissen.delete(rij.gebeurtenisId)
  else if (!om.kluis.open || regel === undefined)
    await om.db.gebeurtenissen.update(rij.gebeurtenisId, { stand: 'bezorgd' })
  else if (await isReceived(regel.gebeurtenis, resultaat.ontvangst?.sha256)) {
    const { geweigerd: _, ...notitie } = regel.notitie
    const wacht = resultaat.status === 'quarantaine'
    await received(
      om,
      regel,
      wacht ? { ...notitie, reden: 'Aangekomen, maar nog niet verwerkt.' } : notitie,
      wacht ? 'blijft' : 'aangekomen',
    )
  }
}
