// For tests: a service in memory that speaks docs/synchronisatie.md and can be made to fail at every moment.

import { compactDecrypt, exportJWK, generateKeyPair } from 'jose'
import { digest } from './canoniek'
import type { Gebeurtenis } from './contract'
import { newId } from './kenmerk'
import type { Fetch } from './netwerk'

export interface Vraagbeeld {
  methode: string
  pad: string
  inhoud: unknown
  koppen: Headers
  bytes: Uint8Array | null
}

/** A delivery of readable records, and what it holds. */
export const isBatch = (vraag: Vraagbeeld): boolean => vraag.pad === '/v1/synchronisaties'
export const eventsOf = (vraag: Vraagbeeld): Gebeurtenis[] =>
  (vraag.inhoud as { gebeurtenissen: Gebeurtenis[] }).gebeurtenissen

type Antwoord = Response | undefined

const json = (inhoud: unknown, status = 200, koppen: Record<string, string> = {}): Response =>
  new Response(status === 204 || status === 304 ? null : JSON.stringify(inhoud), { status, headers: koppen })

const problem = (code: string, detail: string, status: number): Response =>
  json({ type: `urn:veldwacht:probleem:${code}`, detail }, status)

const NIET_GEVONDEN = () => problem('niet-gevonden', 'Niet gevonden.', 404)

export class Proefdienst {
  /** What arrived, by id: exactly once is asked of the tablet's protocol, so each arrival is counted. */
  readonly gebeurtenissen = new Map<string, Gebeurtenis>()
  readonly verzegeldGezien: string[] = []
  readonly vragen: Vraagbeeld[] = []
  readonly fotos = new Map<string, { lengte: number; bytes: number[]; status: string; sha256: string }>()
  readonly lijsten = new Map<string, unknown>()
  accountId = '0190a000-0000-7000-8000-00000000000a'
  aangemeld = true
  wissen = false
  /** Another tablet that a sealed answer orders to wipe, to see that this one does not obey. */
  wissenVoor: string | null = null
  gewist = 0
  /** Ids that a second tablet was seen to use. */
  readonly gekopieerd = new Set<string>()
  quarantaine: (gebeurtenis: Gebeurtenis) => string | null = () => null
  oordelen: (gebeurtenis: Gebeurtenis) => unknown[] = () => []
  /** Looked at first: an answer of its own, an error thrown, or nothing to go on as usual. */
  storing: (vraag: Vraagbeeld) => Antwoord = () => undefined
  pakket: Record<string, unknown> = { acties: [], controles: [], checklists: [], rekenregels: [], contactkaart: [] }
  antwoordstand: string[] = []
  wijzigingen: unknown[] = []
  #helft: { bewijs: string; helft: string; over: number } | null = null
  #prive: CryptoKey | null = null
  #sleutel: unknown = null

  static async start(): Promise<Proefdienst> {
    const dienst = new Proefdienst()
    const paar = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true })
    dienst.#prive = paar.privateKey
    dienst.#sleutel = {
      sleutelId: newId(),
      jwk: await exportJWK(paar.publicKey),
      geldigTot: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    }
    return dienst
  }

  readonly fetch: Fetch = async (pad, opties) => {
    const ruw = opties.body
    const vraag: Vraagbeeld = {
      methode: opties.method ?? 'GET',
      pad,
      inhoud: typeof ruw === 'string' ? JSON.parse(ruw) : null,
      koppen: new Headers(opties.headers),
      bytes: ruw instanceof Uint8Array ? new Uint8Array(ruw) : null,
    }
    this.vragen.push(vraag)
    const eigen = this.storing(vraag)
    if (eigen !== undefined) return eigen
    const antwoord = await this.#answer(vraag)
    antwoord.headers.set('Date', new Date().toUTCString())
    return antwoord
  }

  async #answer(vraag: Vraagbeeld): Promise<Response> {
    const { methode, pad } = vraag
    if (pad === '/v1/synchronisaties/_verzegeld') return this.#sealed(vraag.inhoud as never)
    if (!this.aangemeld) return json({ detail: 'Meld u aan.' }, 401)
    if (pad === '/afmelden') {
      this.aangemeld = false
      return json(null, 204)
    }
    if (pad === '/v1/sessie')
      return json({ accountId: this.accountId, rollen: ['toezichthouder'], csrf: 'csrf-van-de-sessie' })
    if (pad === '/v1/synchronisaties/sleutel') return json(this.#sleutel)
    if (pad.endsWith('/_bezorgbewijs')) {
      return json({
        bezorgbewijs: `bewijs.van.${this.accountId}@${pad.split('/')[3]}`,
        geldigTot: new Date(Date.now() + 14 * 86_400_000).toISOString(),
      })
    }
    if (pad === '/v1/synchronisaties') {
      const { gebeurtenissen } = vraag.inhoud as { gebeurtenissen: Gebeurtenis[] }
      return json({ resultaten: await Promise.all(gebeurtenissen.map((een) => this.#take(een))) })
    }
    if (pad.startsWith('/v1/synchronisaties/wijzigingen')) {
      return json({ cursor: 'c1', controles: this.wijzigingen, nietMeer: [] })
    }
    if (pad.includes('/antwoordstand')) return json({ codes: this.antwoordstand })
    if (pad.startsWith('/v1/werkpakketten/')) {
      if (vraag.koppen.get('If-None-Match') === '"p1"') return json(null, 304)
      return json({ datum: pad.slice(-10), ...this.pakket }, 200, { ETag: '"p1"' })
    }
    if (pad.startsWith('/v1/lijsten/')) return json({ code: pad.slice(12), waarden: [] })
    if (pad.startsWith('/v1/checklists/')) return this.lijsten.has(pad) ? json(this.lijsten.get(pad)) : NIET_GEVONDEN()
    if (pad.startsWith('/v1/bijlagen')) return this.#photo(vraag)
    if (pad.endsWith('/_gewist')) this.gewist += 1
    if (pad.includes('leutelhelft'))
      return this.#half(methode, (vraag.inhoud as { bewijs?: string } | null)?.bewijs ?? '')
    if (methode === 'PUT' && pad.startsWith('/v1/apparaten/'))
      return json({
        wissen: this.wissen,
        bijwerken: false,
        nieuwKenmerk: this.gekopieerd.has(String(pad.split('/')[3])),
      })
    return pad.endsWith('/_gewist') ? json(null, 204) : NIET_GEVONDEN()
  }

  async #take(gebeurtenis: Gebeurtenis): Promise<Record<string, unknown>> {
    const eerder = this.gebeurtenissen.has(gebeurtenis.gebeurtenisId)
    this.gebeurtenissen.set(gebeurtenis.gebeurtenisId, gebeurtenis)
    const reden = this.quarantaine(gebeurtenis)
    const oordelen = this.oordelen(gebeurtenis)
    const status =
      reden !== null ? 'quarantaine' : eerder ? 'al-verwerkt' : oordelen.length > 0 ? 'verwerkt-met-fouten' : 'verwerkt'
    return {
      gebeurtenisId: gebeurtenis.gebeurtenisId,
      status,
      reden,
      oordelen,
      controle: null,
      ontvangst: { sha256: await digest(gebeurtenis), ontvangenOp: new Date().toISOString() },
    }
  }

  async #sealed(inhoud: {
    zendingen: { gebeurtenisId: string; jwe: string }[]
    bewijs?: string
    gewist?: boolean
  }): Promise<Response> {
    const resultaten = []
    let wissen: string[] = []
    if (inhoud.bewijs !== undefined) {
      const { bezorgbewijs } = JSON.parse(await this.open(inhoud.bewijs))
      const apparaatId = String(bezorgbewijs).split('@')[1] as string
      if (inhoud.gewist === true) this.gewist += 1
      else if (this.wissen) wissen = [this.wissenVoor ?? apparaatId]
    }
    for (const { gebeurtenisId, jwe } of inhoud.zendingen) {
      const { bezorgbewijs, gebeurtenis } = JSON.parse(await this.open(jwe))
      const bewijs = JSON.parse(await this.open(bezorgbewijs)).bezorgbewijs
      if (!String(bewijs).startsWith('bewijs.van.')) throw new Error('no proof inside')
      this.verzegeldGezien.push(gebeurtenisId)
      const { status, ontvangst } = await this.#take(gebeurtenis)
      resultaten.push({ gebeurtenisId, status: status === 'quarantaine' ? status : 'verwerkt', ontvangst })
    }
    return json({ resultaten, wissen })
  }

  /** What is sealed to the service, as it reads it. */
  async open(jwe: string): Promise<string> {
    const { plaintext } = await compactDecrypt(jwe, this.#prive as CryptoKey)
    return new TextDecoder().decode(plaintext)
  }

  async #photo(vraag: Vraagbeeld): Promise<Response> {
    const id = vraag.pad.split('/')[3] ?? ''
    if (vraag.methode === 'POST') {
      const paren = (vraag.koppen.get('Upload-Metadata') ?? '')
        .split(',')
        .map((paar) => paar.split(' ') as [string, string])
      const meta = Object.fromEntries(paren.map(([naam, waarde]) => [naam, atob(waarde)])) as Record<string, string>
      const foto = this.fotos.get(meta.id as string) ?? {
        lengte: Number(vraag.koppen.get('Upload-Length')),
        bytes: [],
        status: 'wordt ontvangen',
        sha256: meta.sha256 as string,
      }
      this.fotos.set(meta.id as string, foto)
      return json({}, 201, { 'Upload-Offset': String(foto.bytes.length) })
    }
    const foto = this.fotos.get(id)
    if (foto === undefined) return NIET_GEVONDEN()
    if (vraag.methode === 'DELETE') {
      this.fotos.delete(id)
      return json(null, 204)
    }
    if (vraag.methode === 'GET') return json({ status: foto.status, reden: null })
    if (Number(vraag.koppen.get('Upload-Offset')) !== foto.bytes.length) {
      return json({}, 409, { 'Upload-Offset': String(foto.bytes.length) })
    }
    for (const byte of vraag.bytes ?? []) foto.bytes.push(byte)
    if (foto.bytes.length === foto.lengte) {
      const heel = (await digest(new Uint8Array(foto.bytes))) === foto.sha256
      foto.status = heel ? 'opgeslagen' : 'geweigerd'
    }
    return json(null, 204, { 'Upload-Offset': String(foto.bytes.length) })
  }

  #half(methode: string, bewijs: string): Response {
    if (methode === 'DELETE') {
      this.#helft = null
      return json(null, 204)
    }
    if (methode === 'PUT') {
      this.#helft = { bewijs, helft: 'A'.repeat(43), over: 5 }
      return json({ helft: this.#helft.helft })
    }
    if (this.#helft === null)
      return problem('sleutelhelft-niet-gevonden', 'Voor deze tablet is hier geen sleutelhelft.', 404)
    if (this.#helft.bewijs === bewijs) return json({ helft: this.#helft.helft })
    this.#helft.over -= 1
    const over = this.#helft.over
    if (over === 0) this.#helft = null
    const wat = over ? `Nog ${over} keer` : 'De sleutelhelft is vernietigd; meld u aan'
    return problem('bewijs-onjuist', `Deze pincode klopt niet. ${wat}.`, 403)
  }
}
