// Faults of the kernel, in words for the screen.

import type { Kernfout } from './contract'

const WOORDEN: Record<Kernfout['code'], string> = {
  'schijf-vol': 'De schijf van deze tablet is vol. Dit is niet opgeslagen. Maak ruimte of zoek netwerk en tik opnieuw.',
  vergrendeld: 'De tablet is vergrendeld. Ontgrendel hem en probeer het opnieuw.',
  'niet-ingesteld': 'Deze tablet is nog niet ingesteld. Meld u aan zodra er netwerk is.',
  'al-ingesteld': 'Deze tablet is al ingesteld. Ontgrendel hem.',
  'opslag-dicht': 'De opslag van deze tablet gaat nu niet open. Wat er al in staat, blijft staan. Probeer het opnieuw.',
  'geen-sleutel': 'Dit apparaat kan hier geen sleutel voor maken. Kies een pincode.',
  'geen-netwerk': 'Hiervoor is netwerk nodig. Probeer het opnieuw als er netwerk is.',
  'niet-gevonden': 'Dit staat niet (meer) op deze tablet.',
  stuk: 'Er ging iets mis. Probeer het opnieuw.',
}

export class Fout extends Error implements Kernfout {
  override readonly name = 'Kernfout'

  constructor(
    readonly code: Kernfout['code'],
    oorzaak?: unknown,
  ) {
    super(WOORDEN[code], { cause: oorzaak })
  }
}

/** Dexie wraps what IndexedDB says; the name is somewhere in the chain. */
function isNamed(fout: unknown, namen: ReadonlySet<string>): boolean {
  for (let deze = fout; deze !== null && typeof deze === 'object'; deze = (deze as { inner?: unknown }).inner) {
    if (namen.has((deze as { name?: string }).name ?? '')) return true
  }
  return false
}

const VOL: ReadonlySet<string> = new Set(['QuotaExceededError'])
/** What Chromium says of a record whose file is gone or damaged; the store itself opens and the rest can be read. */
const ONLEESBAAR: ReadonlySet<string> = new Set(['NotReadableError', 'DataError'])

export const isDiskFull = (fout: unknown): boolean => isNamed(fout, VOL)

export const isUnreadable = (fout: unknown): boolean => isNamed(fout, ONLEESBAAR)
