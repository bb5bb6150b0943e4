// What the rules give for a control that is left, without network; the word of the service goes before (checklists section 3). Pure.

import type { Vorm } from '../../api/client'
import type { Controlestand } from '../../kern/contract'
import { score } from '../../regels/score.mjs'
import type { Beoordeling, Lijsten } from './beoordelen'

export interface Uitkomst {
  uitkomst: Vorm<'UitkomstRead'>['uitkomst']
  hercontroleDagen: number | null
  vanDienst: boolean
}

const DWANG_GROEP = 'CRIM'

/**
 * Null when it cannot be known here: answers left this tablet and the service said nothing yet.
 * Earlier controls of the object are known to the service only, so that a service outcome may be more than this one.
 */
export function outcome(lijsten: Lijsten, stand: Controlestand, oordeel: Beoordeling, datum: string): Uitkomst | null {
  // The acute button made a signal of its own; what the answers gave does not lessen it.
  if (stand.uitkomst)
    return { ...stand.uitkomst, ...(stand.acuutOp ? { uitkomst: 'acuut' as const } : {}), vanDienst: true }
  if (isGone(stand) && !stand.acuutOp) return null
  const items = new Map([...lijsten.catalogus.regels].map(([code, regel]) => [code, regel.item]))
  const gevonden = score(lijsten.rekenregel, items, oordeel.treffers, datum, {
    nietVastgesteld: oordeel.nietVastgesteld,
    keuzeGeenSignaal: stand.keuze === 'geen-signaal',
  })
  return {
    uitkomst: stand.acuutOp ? 'acuut' : (gevonden.uitkomst as Uitkomst['uitkomst']),
    hercontroleDagen: gevonden.hercontroleDagen,
    vanDienst: false,
  }
}

const isGone = ({ beantwoordElders, antwoorden }: Controlestand): boolean =>
  [...beantwoordElders].some((code) => antwoorden[code] === undefined || antwoorden[code] === null)

/** Somebody may have been made to commit an offence: no punishment before the AF agreed (DEF-05, INS-05). */
export function hintsAtCoercion(lijsten: Lijsten, { treffers }: Beoordeling): boolean {
  return treffers.some(({ item }) => lijsten.catalogus.regels.get(item)?.item.groep === DWANG_GROEP)
}
