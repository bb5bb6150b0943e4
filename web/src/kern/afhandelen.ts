// What the service answered about one event, made durable here: compare the receipt, let go of what may not stay, keep what asks attention.

import type { Vorm } from '../api/client'
import { digest } from './canoniek'
import type { Gebeurtenis } from './contract'
import type { Omgeving } from './omgeving'
import { type Geheim, isWhole, type Notitie, type Regel, stripped } from './regels'

export type Resultaat = Vorm<'ResultaatRead'>

const ANDERE_INHOUD = 'De dienst ontving iets anders dan hier staat. Het blijft hier bewaard.'
const WACHT_DAAR = 'Aangekomen, maar nog niet verwerkt.'
const NIET_ALLES = 'Aangekomen, maar niet alles telt mee.'

/** Compare what the service says that it got with what stands here. */
export const isReceived = async (gebeurtenis: Gebeurtenis, sha256: string | undefined): Promise<boolean> =>
  sha256 === (await digest(gebeurtenis))

/** The result of an event that was sent open. */
export async function settle(om: Omgeving, regel: Regel, resultaat: Resultaat): Promise<void> {
  const { gebeurtenis } = regel
  if (resultaat.controle !== null) {
    om.geheugen.statussen.set(resultaat.controle.controleId, resultaat.controle.status)
    if (resultaat.controle.uitkomst !== null) {
      om.geheugen.uitkomsten.set(resultaat.controle.controleId, resultaat.controle.uitkomst)
    }
  }
  if (!(await isReceived(gebeurtenis, resultaat.ontvangst.sha256))) {
    await stay(om, regel, { ...regel.notitie, reden: ANDERE_INHOUD, geweigerd: true })
    return
  }
  const { reden: _, oordelen: __, geweigerd: ___, ...notitie } = regel.notitie
  if (resultaat.status === 'quarantaine') {
    await received(om, regel, { ...notitie, reden: resultaat.reden ?? WACHT_DAAR }, 'blijft')
  } else if (resultaat.oordelen.length > 0 || resultaat.reden !== null) {
    await received(
      om,
      regel,
      { ...notitie, reden: resultaat.reden ?? NIET_ALLES, oordelen: resultaat.oordelen },
      'blijft',
    )
  } else {
    await received(om, regel, notitie, 'aangekomen')
  }
}

/** The service has it for sure: the sealed copy goes, and of the readable one all that may not stay (DAT-13). */
export async function received(
  om: Omgeving,
  regel: Regel,
  notitie: Notitie,
  stand: 'blijft' | 'aangekomen',
): Promise<void> {
  const { gebeurtenisId, volgnummer } = regel.gebeurtenis
  const rest = stripped(regel.gebeurtenis, om.geheugen.isNaleving)
  const opSchijf: Geheim | null = rest && {
    gebeurtenis: rest,
    notitie: {
      ...notitie,
      ...(notitie.oordelen && { oordelen: notitie.oordelen.filter((oordeel) => om.geheugen.isNaleving(oordeel.item)) }),
      ...(isWhole(regel.gebeurtenis, rest) ? {} : { gestript: true as const }),
    },
  }
  if (opSchijf === null) await om.db.gebeurtenissen.delete(gebeurtenisId)
  else {
    const geheim = await om.kluis.encrypt(gebeurtenisId, opSchijf)
    await om.db.gebeurtenissen.put({ gebeurtenisId, volgnummer, stand, geheim })
  }
  om.geheugen.keep({ ...regel, notitie, stand, onderweg: false })
}

/** The service does not have it and sending again as it is will not help: all of it stays. */
export async function stay(om: Omgeving, regel: Regel, notitie: Notitie): Promise<void> {
  const { gebeurtenisId } = regel.gebeurtenis
  const geheim = await om.kluis.encrypt(gebeurtenisId, { gebeurtenis: regel.gebeurtenis, notitie } satisfies Geheim)
  await om.db.gebeurtenissen.update(gebeurtenisId, { stand: 'blijft', geheim })
  om.geheugen.keep({ ...regel, notitie, stand: 'blijft', onderweg: false })
}
