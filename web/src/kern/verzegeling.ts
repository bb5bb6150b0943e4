// Sealing to the service: a JWE (ECDH-ES, A256GCM) that this tablet itself cannot open again (design section 7).

import { CompactEncrypt, importJWK } from 'jose'
import type { Dienstsleutel } from './boek'

const tekst = new TextEncoder()
const bekend = new Map<string, ReturnType<typeof importJWK>>()

function publicKey(sleutel: Dienstsleutel): ReturnType<typeof importJWK> {
  let gelezen = bekend.get(sleutel.sleutelId)
  if (gelezen === undefined) {
    gelezen = importJWK(sleutel.jwk, 'ECDH-ES')
    bekend.set(sleutel.sleutelId, gelezen)
  }
  return gelezen
}

export async function seal(sleutel: Dienstsleutel, inhoud: unknown): Promise<string> {
  return new CompactEncrypt(tekst.encode(JSON.stringify(inhoud)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: sleutel.sleutelId })
    .encrypt(await publicKey(sleutel))
}
