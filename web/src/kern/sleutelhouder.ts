// A key of the device itself (WebAuthn with the PRF extension): asks for finger, face or device code, works without network, and gives
// a secret that is nowhere on the disk of the browser.

import { Fout } from './fouten'
import { deriveKey, fromBase64Url, randomBytes, toBase64Url } from './versleuteling'

type Bytes = Uint8Array<ArrayBuffer>

export interface Sleutelhouder {
  /** Whether this device can make such a key. */
  can(): Promise<boolean>
  make(zout: Bytes): Promise<{ credentialId: string; sleutel: CryptoKey }>
  ask(credentialId: string, zout: Bytes): Promise<CryptoKey>
}

const WACHTTIJD = 60_000
const DOEL = 'veldwacht sleutel'

export const webauthn: Sleutelhouder = {
  async can() {
    if (typeof PublicKeyCredential === 'undefined') return false
    const kunnen = PublicKeyCredential.getClientCapabilities
    if (kunnen === undefined) return true
    return (await kunnen.call(PublicKeyCredential))['extension:prf'] !== false
  },

  async make(zout) {
    const gemaakt = await ceremony(() =>
      navigator.credentials.create({
        publicKey: {
          rp: { name: 'Veldwacht' },
          user: { id: randomBytes(16), name: 'tablet', displayName: 'Tablet' },
          challenge: randomBytes(32),
          pubKeyCredParams: [
            { type: 'public-key', alg: -7 },
            { type: 'public-key', alg: -257 },
          ],
          authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
          timeout: WACHTTIJD,
          extensions: { prf: { eval: { first: zout } } },
        },
      }),
    )
    const uitslag = gemaakt.getClientExtensionResults().prf
    if (uitslag?.enabled !== true) throw new Fout('geen-sleutel')
    const credentialId = toBase64Url(new Uint8Array(gemaakt.rawId))
    const eerste = uitslag.results?.first
    return { credentialId, sleutel: eerste ? await keyFrom(eerste, zout) : await webauthn.ask(credentialId, zout) }
  },

  async ask(credentialId, zout) {
    const bewijs = await ceremony(() =>
      navigator.credentials.get({
        publicKey: {
          challenge: randomBytes(32),
          allowCredentials: [{ type: 'public-key', id: fromBase64Url(credentialId) }],
          userVerification: 'required',
          timeout: WACHTTIJD,
          extensions: { prf: { eval: { first: zout } } },
        },
      }),
    )
    const eerste = bewijs.getClientExtensionResults().prf?.results?.first
    if (eerste === undefined) throw new Fout('geen-sleutel')
    return keyFrom(eerste, zout)
  },
}

/** Broken off, timed out or not possible here: one fault with words. */
async function ceremony(start: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const uitslag = await start()
    if (uitslag !== null) return uitslag as PublicKeyCredential
  } catch (fout) {
    throw new Fout('geen-sleutel', fout)
  }
  throw new Fout('geen-sleutel')
}

function keyFrom(geheim: BufferSource, zout: Bytes): Promise<CryptoKey> {
  const bytes = ArrayBuffer.isView(geheim)
    ? new Uint8Array(geheim.buffer, geheim.byteOffset, geheim.byteLength)
    : new Uint8Array(geheim)
  return deriveKey(new Uint8Array(bytes), zout, DOEL)
}
