// All that is readable, in memory only; locking throws it away.

import type { Vorm } from '../api/client'
import { Bron } from './bron'
import type { Checklist, Controlestand, Foto, Sessie, Werkpakket, Zending } from './contract'
import { keepParts } from './gelijk'
import type { Regel } from './regels'
import { foldControle, showZending, type Wijziging } from './stand'

export interface Pakketstand {
  pakket: Werkpakket
  etag: string | null
  opgehaaldOp: string
}

export interface Naslag {
  inhoud: unknown
  etag: string | null
  opgehaaldOp: string
}

export class Geheugen {
  /** Counts changes, so that screens can follow; what did not change keeps its identity. */
  readonly tik = new Bron(0)
  readonly regels = new Map<string, Regel>()
  readonly fotos = new Map<string, Foto & { sha256: string }>()
  readonly pakketten = new Map<string, Pakketstand>()
  readonly lijsten = new Map<string, Checklist>()
  readonly wijzigingen = new Map<string, Wijziging>()
  readonly antwoordstand = new Map<string, ReadonlySet<string>>()
  readonly uitkomsten = new Map<string, Vorm<'UitkomstRead'>>()
  readonly statussen = new Map<string, string>()
  readonly naslag = new Map<string, Naslag>()
  readonly concepten = new Map<string, unknown>()
  sessie: Sessie | null = null

  readonly #perControle = new Map<string, Regel[]>()
  readonly #standen = new Map<string, Controlestand>()
  /** As they were before the last change. */
  readonly #vorige = new Map<string, Controlestand>()
  #alle: { tik: number; standen: Controlestand[] } = { tik: -1, standen: [] }
  #uitbak: { tik: number; zendingen: Zending[] } = { tik: -1, zendingen: [] }
  #beelden: { tik: number; fotos: Foto[] } = { tik: -1, fotos: [] }
  #klassen: Map<string, string> | null = null

  /** The id changes when the tablet begins anew after a wipe. */
  constructor(public apparaatId: string) {}

  /** Take in or change events; their controls are folded anew when somebody looks. */
  keep(...regels: Regel[]): void {
    for (const regel of regels) {
      const { gebeurtenisId, controleId } = regel.gebeurtenis
      const oud = this.regels.get(gebeurtenisId)
      this.regels.set(gebeurtenisId, regel)
      if (controleId === null) continue
      this.#forget(controleId)
      const lijst = this.#perControle.get(controleId) ?? []
      if (oud === undefined) insert(lijst, regel)
      else lijst[lijst.indexOf(oud)] = regel
      this.#perControle.set(controleId, lijst)
    }
    if (regels.length > 0) this.tik.set(this.tik.get() + 1)
  }

  /** Something about this control changed; without one: about all of them. */
  touch(controleId: string | null = null): void {
    for (const id of controleId === null ? [...this.#standen.keys()] : [controleId]) this.#forget(id)
    this.tik.set(this.tik.get() + 1)
  }

  #forget(controleId: string): void {
    const stand = this.#standen.get(controleId)
    if (stand !== undefined) this.#vorige.set(controleId, stand)
    this.#standen.delete(controleId)
  }

  /** The events of a control in order; of no control the empty list. */
  events(controleId: string | null): readonly Regel[] {
    return (controleId === null ? undefined : this.#perControle.get(controleId)) ?? []
  }

  controle(controleId: string): Controlestand | null {
    const bekend = this.#standen.get(controleId)
    if (bekend !== undefined) return bekend
    const pakket = this.#inPackage(controleId)
    const regels = this.events(controleId)
    if (pakket === null && regels.length === 0) return null
    const nieuw = foldControle(controleId, [...regels], {
      apparaatId: this.apparaatId,
      accountId: this.sessie?.accountId ?? null,
      pakket,
      wijziging: this.wijzigingen.get(controleId) ?? null,
      antwoordstand: this.antwoordstand.get(controleId) ?? new Set(),
      uitkomst: this.uitkomsten.get(controleId) ?? null,
      status: this.statussen.get(controleId) ?? null,
      fotos: [...this.fotos.values()].filter((foto) => foto.controleId === controleId),
    })
    const stand = keepParts(nieuw, this.#vorige.get(controleId))
    this.#standen.set(controleId, stand)
    return stand
  }

  /** Of the work packages that are here, and what was made or done here. */
  controles(): Controlestand[] {
    const tik = this.tik.get()
    if (this.#alle.tik !== tik) {
      const ids = new Set(
        [...this.pakketten.values()].flatMap((dag) => dag.pakket.controles.map((controle) => controle.id)),
      )
      for (const id of this.#perControle.keys()) ids.add(id)
      const standen = [...ids].map((id) => this.controle(id)).filter((stand) => stand !== null)
      const zelfde =
        standen.length === this.#alle.standen.length && standen.every((stand, i) => stand === this.#alle.standen[i])
      this.#alle = { tik, standen: zelfde ? this.#alle.standen : standen }
    }
    return this.#alle.standen
  }

  /** What is not done yet. */
  outbox(): Zending[] {
    const tik = this.tik.get()
    if (this.#uitbak.tik !== tik) {
      const fotos = [...this.fotos.values()]
      const zendingen = [...this.regels.values()].map((regel) => showZending(regel, fotos))
      this.#uitbak = { tik, zendingen: zendingen.filter((zending) => zending.stand !== 'aangekomen') }
    }
    return this.#uitbak.zendingen
  }

  /** Photos that are only here, or refused. */
  photosToGo(): Foto[] {
    const tik = this.tik.get()
    if (this.#beelden.tik !== tik) {
      this.#beelden = { tik, fotos: [...this.fotos.values()].filter(({ stand }) => stand !== 'aangekomen') }
    }
    return this.#beelden.fotos
  }

  /** Whether the answer to this item may stay on the tablet; of an unknown item never (DAT-13). */
  readonly isNaleving = (code: string): boolean => {
    this.#klassen ??= new Map(
      [...this.lijsten.values()].flatMap((lijst) => lijst.items.map((item) => [item.code, item.klasse])),
    )
    return this.#klassen.get(code) === 'naleving'
  }

  keepList(lijst: Checklist): void {
    this.lijsten.set(`${lijst.code}:${lijst.versie}`, lijst)
    this.#klassen = null
    this.touch()
  }

  clear(): void {
    const { regels, fotos, pakketten, lijsten, wijzigingen, antwoordstand, uitkomsten, statussen, naslag, concepten } =
      this
    for (const verzameling of [regels, fotos, pakketten, lijsten, wijzigingen, antwoordstand, uitkomsten, statussen]) {
      verzameling.clear()
    }
    naslag.clear()
    concepten.clear()
    this.#perControle.clear()
    this.#standen.clear()
    this.#vorige.clear()
    this.#alle = { tik: -1, standen: [] }
    this.#uitbak = { tik: -1, zendingen: [] }
    this.#beelden = { tik: -1, fotos: [] }
    this.#klassen = null
    this.sessie = null
    this.touch()
  }

  #inPackage(controleId: string) {
    for (const { pakket } of this.pakketten.values()) {
      const gevonden = pakket.controles.find((controle) => controle.id === controleId)
      if (gevonden !== undefined) return gevonden
    }
    return null
  }
}

/** In the order of the device; nearly always at the end. */
function insert(lijst: Regel[], regel: Regel): void {
  const plaats = lijst.findLastIndex((een) => een.gebeurtenis.volgnummer < regel.gebeurtenis.volgnummer)
  lijst.splice(plaats + 1, 0, regel)
}
