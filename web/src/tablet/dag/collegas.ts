// Whom an inspector can name besides himself: the function accounts of his teams, by function, never by name (DAT-08).

import type { Sessie, Werkpakket } from '../../kern/contract'

export function collegasVan(pakket: Werkpakket | null, sessie: Sessie | null): { code: string; tekst: string }[] {
  return (pakket?.collegas ?? [])
    .filter((collega) => collega.accountId !== sessie?.accountId)
    .map((collega) => ({ code: collega.accountId, tekst: collega.functie }))
}

/** The function of one account, for a list of who is inside. */
export function functieVan(pakket: Werkpakket | null, sessie: Sessie | null, accountId: string): string {
  if (accountId === sessie?.accountId) return 'U zelf'
  return pakket?.collegas.find((collega) => collega.accountId === accountId)?.functie ?? 'Collega'
}
