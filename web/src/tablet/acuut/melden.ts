// The one tap in danger (RTE-01): saved first, also offline and locked; then the time of the call.

import { kern } from '../../kern'

/** Records the danger. `over` is what a later call belongs to: the control, or the record itself where there is none. */
export async function recordAcuut(controleId: string | null, objectId: string | null): Promise<{ over: string }> {
  const gebeurtenis = await kern.record({ controleId, soort: 'acuut', inhoud: objectId === null ? {} : { objectId } })
  return { over: controleId ?? gebeurtenis.gebeurtenisId }
}

export type Nummer = '112' | 'politie'

/** Records when was called; it never stands in the way of the call. */
export async function recordBelmoment(over: string, gebeldNaar: Nummer): Promise<void> {
  await kern.record({ controleId: over, soort: 'belmoment', inhoud: { gebeldOp: kern.now(), gebeldNaar } })
}
