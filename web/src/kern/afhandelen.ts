// What the service answered about one event, made durable here: compare the receipt, let go of what may not stay, keep what asks attention.

import type { Vorm } from '../api/client'
import { digest } from './canoniek'
import type { Gebeurtenis } from './contract'
import type { Gebeurtenisrij } from './database'
import type { Omgeving } from './omgeving'
import { type Geheim, isWhole, type Notitie, type Regel, stripped } from './regels'

export type Resultaat = Vorm<'ResultaatRead'>

export const ANDERE_INHOUD = 'De dienst ontving iets anders dan hier staat. Het blijft hier bewaard.'
const WACHT_DAAR = 'Aangekomen, maar nog niet verwerkt.'
const NIET_ALLES = 'Aangekomen, maar niet alles telt mee.'

/** Compare what the service says that it got with what stands here. */
export const isReceived = async (gebeurtenis: Gebeurtenis, sha256: string | undefined): Promise<boolean> =>
  sha256 === (await digest(gebeurtenis))

/** What becomes of one event: how memory holds it, and what of it stays on the disk (null: nothing). */
export interface Afloop {
  regel: Regel
  rij: Gebeurtenisrij | null
}

/** Makes it true, all at once: a batch costs one write to the disk. */
export async function conclude(om: Omgeving, aflopen: readonly Afloop[]): Promise<void> {
  const { gebeurtenissen } = om.db
  const weg = aflopen.filter(({ rij }) => rij === null).map(({ regel }) => regel.gebeurtenis.gebeurtenisId)
  await om.db.transaction('rw', gebeurtenissen, async () => {
    await gebeurtenissen.bulkPut(aflopen.map(({ rij }) => rij).filter((rij) => rij !== null))
    await gebeurtenissen.bulkDelete(weg)
  })
  if (om.kluis.open) om.geheugen.keep(...aflopen.map(({ regel }) => regel))
}

/** Verdicts that ask nothing of anybody: it counts, or the service knows better or later. */
const GOED = new Set(['geldig', 'achterhaald', 'telt niet', 'serverwaarde'])

function asksAttention({ status, reden, oordelen }: Resultaat): boolean {
  return status === 'verwerkt-met-fouten' || reden !== null || oordelen.some(({ oordeel }) => !GOED.has(oordeel))
}

/** The result of an event that was sent open. */
export async function settle(om: Omgeving, regel: Regel, resultaat: Resultaat): Promise<Afloop> {
  if (resultaat.controle !== null) {
    const { controleId, status, uitkomst } = resultaat.controle
    om.geheugen.statussen.set(controleId, status)
    if (uitkomst !== null) om.geheugen.uitkomsten.set(controleId, uitkomst)
  }
  if (!(await isReceived(regel.gebeurtenis, resultaat.ontvangst.sha256))) return stay(om, regel, ANDERE_INHOUD)
  if (resultaat.status === 'quarantaine') return received(om, regel, { reden: resultaat.reden ?? WACHT_DAAR }, 'blijft')
  const { oordelen } = resultaat
  if (!asksAttention(resultaat)) return received(om, regel, oordelen.length > 0 ? { oordelen } : {}, 'aangekomen')
  return received(om, regel, { reden: resultaat.reden ?? NIET_ALLES, oordelen }, 'blijft')
}

/** The service opened the sealed copy; what became of it, it tells only to who is signed in. */
export const settleSealed = (om: Omgeving, regel: Regel, status: string): Promise<Afloop> =>
  status === 'quarantaine'
    ? received(om, regel, { reden: WACHT_DAAR }, 'blijft')
    : received(om, regel, {}, 'aangekomen')

/** The service has it for sure: the sealed copy goes, and of the readable one all that may not stay (DAT-13). */
async function received(
  om: Omgeving,
  regel: Regel,
  bericht: Pick<Notitie, 'reden' | 'oordelen'>,
  stand: 'blijft' | 'aangekomen',
): Promise<Afloop> {
  const { gebeurtenisId, volgnummer } = regel.gebeurtenis
  const { reden: _, oordelen: __, geweigerd: ___, ...notitie } = regel.notitie
  const na: Regel = { ...regel, notitie: { ...notitie, ...bericht }, stand, onderweg: false }
  const rest = stripped(regel.gebeurtenis, om.geheugen.isNaleving)
  if (rest === null) return { regel: na, rij: null }
  const oordelen = bericht.oordelen?.filter((oordeel) => om.geheugen.isNaleving(oordeel.item))
  const opSchijf: Geheim = {
    gebeurtenis: rest,
    notitie: {
      ...na.notitie,
      ...(oordelen && { oordelen }),
      ...(isWhole(regel.gebeurtenis, rest) ? {} : { gestript: true as const }),
    },
  }
  const geheim = await om.kluis.encrypt(gebeurtenisId, opSchijf)
  return { regel: na, rij: { gebeurtenisId, volgnummer, stand, geheim } }
}

/** The service does not have it and sending again as it is will not help: all of it stays. */
export async function stay(om: Omgeving, regel: Regel, reden: string): Promise<Afloop> {
  const { gebeurtenisId, volgnummer } = regel.gebeurtenis
  const notitie: Notitie = { ...regel.notitie, reden, geweigerd: true }
  const geheim = await om.kluis.encrypt(gebeurtenisId, { gebeurtenis: regel.gebeurtenis, notitie } satisfies Geheim)
  const { jwe } = (await om.db.gebeurtenissen.get(gebeurtenisId)) ?? {}
  const rij: Gebeurtenisrij = { gebeurtenisId, volgnummer, stand: 'blijft', geheim, ...(jwe && { jwe }) }
  return { regel: { ...regel, notitie, stand: 'blijft', onderweg: false }, rij }
}

/** The states of a control in which what an event asked for has come about. */
const BEREIKT: Record<string, readonly string[]> = {
  'controle-gestart': ['bezig', 'afgerond'],
  'controle-afgerond': ['afgerond'],
  poging: ['poging'],
}
/** The name under which the service speaks about the control itself, not about one answer. */
const CONTROLE = 'controle'

/**
 * What the service held back by itself (a start with one inspector, a departure with questions open) came about after all, by a later
 * answer or another tablet: nobody needs to look at it any more. A verdict about anything else stays.
 */
export async function concludeReached(om: Omgeving): Promise<void> {
  const bereikt = [...om.geheugen.regels.values()].filter(({ stand, gebeurtenis, notitie }) => {
    if (stand !== 'blijft' || notitie.geweigerd || gebeurtenis.controleId === null) return false
    const fouten = (notitie.oordelen ?? []).filter(({ oordeel }) => !GOED.has(oordeel))
    const status = om.geheugen.controle(gebeurtenis.controleId)?.status ?? ''
    return (
      fouten.length > 0 &&
      fouten.every(({ item }) => item === CONTROLE) &&
      BEREIKT[gebeurtenis.soort]?.includes(status) === true
    )
  })
  if (bereikt.length > 0)
    await conclude(om, await Promise.all(bereikt.map((regel) => received(om, regel, {}, 'aangekomen'))))
}
