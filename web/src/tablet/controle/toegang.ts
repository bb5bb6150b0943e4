// Whether what is inside a dwelling may be asked: first the front block, then the inside (checklists BEV-01 to BEV-04, PLN-13).
//
// Never closes acute danger, the gut feeling or anything that protects somebody.

import { BINNEN, GROND, type Item, NIET_VASTGESTELD, SOORT_RUIMTE, VRIJE_TOESTEMMING } from './items'

export const WOONRUIMTE = 'woning of bewoond deel'
export const TOESTEMMING = 'toestemming van een bewoner'
export const MACHTIGING = 'machtiging van de burgemeester'
export const GEVAAR = 'ernstig en onmiddellijk gevaar'
export const NIET_BETREDEN = 'niet betreden'

export interface Toegang {
  binnen: boolean
  /** In words for the screen; null when the inside is open. */
  reden: string | null
}

const OPEN: Toegang = { binnen: true, reden: null }
const closed = (reden: string): Toegang => ({ binnen: false, reden })

/**
 * @param waarden answers that count, prefilled ones included
 * @param machtiging the day package knows an authorisation that holds for this address
 */
export function judgeAccess(waarden: Readonly<Record<string, unknown>>, machtiging: boolean): Toegang {
  if (waarden[SOORT_RUIMTE] !== WOONRUIMTE) return OPEN
  switch (waarden[GROND]) {
    case GEVAAR:
      return OPEN
    case TOESTEMMING:
      return waarden[VRIJE_TOESTEMMING] === 'nee'
        ? closed('De toestemming was niet van een bewoner zelf. Ga naar buiten. Vragen over binnen zijn dicht.')
        : OPEN
    case MACHTIGING:
      return machtiging
        ? OPEN
        : closed(
            'Op deze tablet staat geen geldige machtiging voor dit adres. Bel kantoor. Vragen over binnen zijn dicht.',
          )
    case NIET_BETREDEN:
      return closed('U gaat niet naar binnen. Vragen over binnen zijn dicht.')
    case NIET_VASTGESTELD:
      return closed('Zonder grond gaat u niet naar binnen. Vragen over binnen zijn dicht.')
    default:
      return closed('Kies eerst op welke grond u de woning binnengaat. Dan gaan de vragen over binnen open.')
  }
}

/**
 * What is recorded together with an answer: who does not enter cannot establish what must be seen inside, so the unanswered
 * core of it becomes 'niet vastgesteld' in the same event, and one undo takes all of it back.
 */
export function withConsequences(
  item: Item,
  waarde: unknown,
  items: readonly Item[],
  objecttype: string,
  waarden: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const antwoorden: Record<string, unknown> = { [item.code]: waarde }
  const blijftBuiten =
    (item.code === GROND && waarde === NIET_BETREDEN) || (item.code === VRIJE_TOESTEMMING && waarde === 'nee')
  if (!blijftBuiten) return antwoorden
  for (const { code, kern, objecttypen } of items) {
    const hierKern = BINNEN.has(code) && objecttypen.includes(objecttype) && kern.includes(objecttype)
    if (hierKern && (waarden[code] === undefined || waarden[code] === null)) antwoorden[code] = NIET_VASTGESTELD
  }
  return antwoorden
}
