// The control of today or tomorrow as the day package tells it.

import { kern } from '../../kern'
import type { PakketControle, Werkpakket } from '../../kern/contract'
import { dagenLater, datumVan } from '../tijden'

/** The package of today, of tomorrow, and the one control in either. */
export function usePakketControle(id: string): { controle: PakketControle | null; pakket: Werkpakket | null } {
  const vandaag = datumVan(new Date(kern.now()))
  const nu = kern.useWerkpakket(vandaag).pakket
  const morgen = kern.useWerkpakket(dagenLater(vandaag, 1)).pakket
  const stand = kern.useControle(id)
  const controle =
    stand?.pakket ??
    nu?.controles.find((kandidaat) => kandidaat.id === id) ??
    morgen?.controles.find((kandidaat) => kandidaat.id === id) ??
    null
  return { controle, pakket: nu }
}

/** What holds in a municipality; of the first of the day when the place is in none of them. */
export function gemeenteVan(pakket: Werkpakket | null, code: string | null): Werkpakket['gemeenten'][number] | null {
  return pakket?.gemeenten.find(({ gemeentecode }) => gemeentecode === code) ?? pakket?.gemeenten[0] ?? null
}

/** The versions of the lists alone; the rule is no list. */
export const withoutRule = ({ rekenregel: _, ...versies }: Record<string, number>): Record<string, number> => versies
