// A PIN is too short to protect a disk by itself: the key comes from the PIN and from a half that the service gives out at most five
// times for a wrong PIN (docs/synchronisatie.md). So a PIN opens only where there is network.

import type { Pinreden } from './contract'
import { Fout } from './fouten'
import { type Antwoord, GeenAntwoord, Later, type Netwerk, refusalCode } from './netwerk'
import { deriveKey, fromBase64Url, randomBytes, toBase64Url } from './versleuteling'

type Bytes = Uint8Array<ArrayBuffer>

/** PBKDF2 with SHA-256: what OWASP asks since 2023; the real guard is the count at the service. */
export const RONDEN = 600_000
const HELFT = 32

export type Weigering = { reden: Pinreden; pogingenOver: number | null }

export class Pincode {
  constructor(
    private readonly netwerk: Netwerk,
    private readonly apparaatId: () => string,
    private readonly ronden = RONDEN,
  ) {}

  async make(pin: string): Promise<{ sleutel: CryptoKey; zout: Bytes; ronden: number }> {
    const zout = randomBytes(32)
    const { bewijs, hier } = await stretch(pin, zout, this.ronden)
    const antwoord = await this.#call('PUT', 'sleutelhelft', bewijs)
    if (antwoord === null) throw new Fout('geen-netwerk')
    if (antwoord.status >= 400) throw new Fout('niet-ingesteld')
    return { sleutel: await combine(hier, antwoord.inhoud, zout), zout, ronden: this.ronden }
  }

  async ask(pin: string, zout: Bytes, ronden: number, bij?: string): Promise<{ sleutel: CryptoKey } | Weigering> {
    const { bewijs, hier } = await stretch(pin, zout, ronden)
    const antwoord = await this.#call('POST', '_sleutelhelft', bewijs, bij)
    if (antwoord === null) return { reden: 'geen-netwerk', pogingenOver: null }
    if (antwoord.status === 401) return { reden: 'niet-aangemeld', pogingenOver: null }
    if (antwoord.status >= 400) return refused(antwoord)
    return { sleutel: await combine(hier, antwoord.inhoud, zout) }
  }

  async forget(): Promise<void> {
    await this.netwerk.ask('DELETE', `/v1/apparaten/${this.apparaatId()}/sleutelhelft`)
  }

  async #call(methode: string, pad: string, bewijs: string, bij = this.apparaatId()): Promise<Antwoord | null> {
    try {
      return await this.netwerk.ask(methode, `/v1/apparaten/${bij}/${pad}`, { inhoud: { bewijs } })
    } catch (fout) {
      if (fout instanceof GeenAntwoord || fout instanceof Later) return null
      throw fout
    }
  }
}

/** What the service says, and only that: a refusal of a wifi or a proxy is no reason to think that a key is gone. */
function refused(antwoord: Antwoord): Weigering {
  switch (refusalCode(antwoord)) {
    case null:
      return { reden: 'geen-netwerk', pogingenOver: null }
    case 'sleutelhelft-niet-gevonden':
      return { reden: 'geen-helft', pogingenOver: null }
    case 'bewijs-onjuist': {
      const over = /Nog (\d+) keer/.exec((antwoord.inhoud as { detail: string }).detail)?.[1]
      return over === undefined
        ? { reden: 'vernietigd', pogingenOver: 0 }
        : { reden: 'onjuist', pogingenOver: Number(over) }
    }
    default:
      return { reden: 'geweigerd', pogingenOver: null }
  }
}

/** One half proves the PIN to the service, the other never leaves the tablet. */
async function stretch(pin: string, zout: Bytes, ronden: number): Promise<{ bewijs: string; hier: Bytes }> {
  const bron = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: zout, iterations: ronden },
    bron,
    HELFT * 16,
  )
  return { bewijs: toBase64Url(new Uint8Array(bits, 0, HELFT)), hier: new Uint8Array(bits.slice(HELFT)) }
}

function combine(hier: Bytes, inhoud: unknown, zout: Bytes): Promise<CryptoKey> {
  const daar = fromBase64Url((inhoud as { helft: string }).helft)
  const geheel = new Uint8Array(hier.length + daar.length)
  geheel.set(hier)
  geheel.set(daar, hier.length)
  return deriveKey(geheel, zout, 'veldwacht pincode')
}
