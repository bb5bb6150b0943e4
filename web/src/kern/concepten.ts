// What somebody is filling in: kept encrypted at every tap, until it is recorded or thrown away.

import type { Omgeving } from './omgeving'

export async function keepDraft({ kluis, geheugen }: Omgeving, naam: string, waarde: unknown): Promise<void> {
  await kluis.put(`concept:${naam}`, waarde)
  geheugen.concepten.set(naam, waarde)
  geheugen.touch()
}

export async function dropDraft({ kluis, geheugen }: Omgeving, naam: string): Promise<void> {
  await kluis.delete(`concept:${naam}`)
  geheugen.concepten.delete(naam)
  geheugen.touch()
}
