// Telephone numbers in the order in which they are needed; public or of a team, never of a person (DAT-08).

import type { Werkpakket } from '../../kern/contract'

type Contact = Pick<Werkpakket['contactkaart'][number], 'soort' | 'naam' | 'nummer'>

const VOLGORDE: readonly Contact['soort'][] = [
  '112',
  'politie',
  'aandachtsfunctionaris',
  'zorgcoordinator',
  'veilig-thuis',
  'overig',
]

/** For who has no day package (Pandbrigade, desk), and before the day was fetched; as published by police and Veilig Thuis. */
const OPENBAAR: readonly Contact[] = [
  { soort: '112', naam: 'Direct gevaar', nummer: '112' },
  { soort: 'politie', naam: 'Politie, geen spoed', nummer: '0900-8844' },
  { soort: 'veilig-thuis', naam: 'Veilig Thuis', nummer: '0800-2000' },
]

/** The numbers of the day, each once, danger first. */
export function nummersVan(pakket: Pick<Werkpakket, 'contactkaart'> | null): Contact[] {
  const van = pakket?.contactkaart ?? []
  const ontbreekt = OPENBAAR.filter((openbaar) => !van.some((contact) => contact.soort === openbaar.soort))
  const alle = [...van, ...ontbreekt]
  const eenmaal = alle.filter(
    (contact, index) =>
      alle.findIndex((ander) => ander.nummer === contact.nummer && ander.naam === contact.naam) === index,
  )
  return eenmaal.sort((een, ander) => VOLGORDE.indexOf(een.soort) - VOLGORDE.indexOf(ander.soort))
}
