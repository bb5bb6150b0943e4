// One way to ask the service: time-outs, the CSRF token, the clock of the service, and what a refusal asks of us.

import { csrfToken } from '../api/client'
import type { Bron } from './bron'
import type { Zendbericht } from './contract'
import { clockDifference } from './tijd'

export interface Antwoord {
  status: number
  koppen: Headers
  inhoud: unknown
}

/** No answer came: no network, a break, or too slow. Whether it arrived is not known. */
export class GeenAntwoord extends Error {}

/** The service asks to wait, or is in trouble. */
export class Later extends Error {
  constructor(readonly seconden: number | null) {
    super('later')
  }
}

/** For what needs network and is no harm when it fails now: the screen says that there is none. */
export async function quietly(bericht: Bron<Zendbericht>, werk: () => Promise<unknown>): Promise<void> {
  try {
    await werk()
  } catch (fout) {
    if (!(fout instanceof GeenAntwoord) && !(fout instanceof Later)) throw fout
    bericht.change({ online: false })
  }
}

export const SIGN_OUT = '/afmelden'
/** Not found, method not allowed: what a server says of an address that it does not know. */
const ONBEKEND: ReadonlySet<number> = new Set([404, 405])

export type Fetch = (verzoek: string, opties: RequestInit) => Promise<Response>

interface Vraag {
  inhoud?: unknown
  bytes?: Uint8Array
  koppen?: Record<string, string>
  wachttijd?: number
}

export class Netwerk {
  readonly #fetch: Fetch
  readonly #nu: () => number
  #verschil: number | null = null
  readonly #onClock: (verschil: number) => void

  constructor(fetch: Fetch, nu: () => number, onClock: (verschil: number) => void) {
    this.#fetch = fetch
    this.#nu = nu
    this.#onClock = onClock
  }

  /**
   * Ask; every answer that says something about the question is given back, also a refusal.
   * @throws GeenAntwoord nothing came back
   * @throws Later 429 and 5xx
   */
  async ask(methode: string, pad: string, vraag: Vraag = {}): Promise<Antwoord> {
    const koppen: Record<string, string> = { ...vraag.koppen }
    const csrf = csrfToken()
    if (csrf !== '' && methode !== 'GET') koppen['X-CSRF-Token'] = csrf
    if (vraag.inhoud !== undefined) koppen['Content-Type'] ??= 'application/json'
    const lichaam = vraag.bytes ?? (vraag.inhoud === undefined ? null : JSON.stringify(vraag.inhoud))
    const gevraagd = this.#nu()
    let antwoord: Response
    let tekst: string
    try {
      antwoord = await this.#fetch(pad, {
        method: methode,
        headers: koppen,
        body: lichaam as BodyInit | null,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.timeout(vraag.wachttijd ?? 30_000),
      })
      tekst = await antwoord.text()
    } catch (fout) {
      throw new GeenAntwoord('no answer', { cause: fout })
    }
    const gehoord = this.#nu()
    // Our API never redirects: this is a wifi that wants something first. Only signing out does, to a page that we need not see.
    if (antwoord.type === 'opaqueredirect') {
      if (pad !== SIGN_OUT) throw new GeenAntwoord('redirected')
      return { status: 204, koppen: antwoord.headers, inhoud: null }
    }
    const gekregen = { status: antwoord.status, koppen: antwoord.headers, inhoud: readJson(tekst, antwoord.ok) }
    // Our service says itself what it has not. A bare 'not found' is a proxy that has lost it: nothing was refused, nothing is gone.
    if (ONBEKEND.has(gekregen.status) && refusalCode(gekregen) === null) throw new GeenAntwoord('not the service')
    this.#compareClock(antwoord.headers.get('Date'), gevraagd, gehoord)
    if (antwoord.status === 429 || antwoord.status >= 500)
      throw new Later(readWait(antwoord.headers.get('Retry-After')))
    return gekregen
  }

  /**
   * What is known of the clock stays until an answer contradicts it: one that was long under way says little, and the order of two
   * tablets hangs on this. `Date` is in whole seconds, so half of the way and a second are the margin.
   */
  #compareClock(date: string | null, gevraagd: number, gehoord: number): void {
    const verschil = clockDifference(date, gevraagd, gehoord)
    if (verschil === null) return
    const marge = (gehoord - gevraagd) / 2 + 1000
    if (this.#verschil === null || Math.abs(verschil - this.#verschil) * 1000 > marge) this.#verschil = verschil
    this.#onClock(this.#verschil)
  }
}

function readJson(tekst: string, gelukt: boolean): unknown {
  if (tekst === '') return null
  try {
    return JSON.parse(tekst)
  } catch (fout) {
    // A page of something in between. As a refusal its status says enough; as an answer it is none.
    if (gelukt) throw new GeenAntwoord('not an answer of the service', { cause: fout })
    return null
  }
}

function readWait(kop: string | null): number | null {
  const seconden = Number(kop)
  return kop !== null && Number.isFinite(seconden) && seconden >= 0 ? Math.min(seconden, 3600) : null
}

const PROBLEEM = 'urn:veldwacht:probleem:'

/** Which refusal it is, as the service names it; null when it came from something in between. */
export function refusalCode({ inhoud }: Antwoord): string | null {
  const type = (inhoud as { type?: unknown } | null)?.type
  return typeof type === 'string' && type.startsWith(PROBLEEM) ? type.slice(PROBLEEM.length) : null
}

/** The words of a refusal (problem details), for the screen. */
export function refusalWords(antwoord: Antwoord): string {
  const probleem = antwoord.inhoud as { detail?: unknown; fouten?: { melding?: unknown }[] } | null
  const eerste = probleem?.fouten?.[0]?.melding
  if (typeof eerste === 'string' && eerste !== '') return `De dienst neemt dit niet aan: ${eerste}.`
  if (typeof probleem?.detail === 'string') return probleem.detail
  return 'De dienst neemt dit niet aan.'
}
