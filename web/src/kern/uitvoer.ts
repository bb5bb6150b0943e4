// A record that the service refuses, as a file that the office can deliver.

import { Fout } from './fouten'
import type { Omgeving } from './omgeving'

export async function exportRecord({ db, geheugen }: Omgeving, gebeurtenisId: string): Promise<Blob> {
  const regel = geheugen.regels.get(gebeurtenisId)
  if (regel === undefined) throw new Fout('niet-gevonden')
  const rij = await db.gebeurtenissen.get(gebeurtenisId)
  // Sealed when that is possible: a file on a tablet is found by anybody. The office delivers it as it is.
  const inhoud = rij?.jwe === undefined ? regel.gebeurtenis : { zendingen: [{ gebeurtenisId, jwe: rij.jwe }] }
  return new Blob([JSON.stringify(inhoud)], { type: 'application/json' })
}
