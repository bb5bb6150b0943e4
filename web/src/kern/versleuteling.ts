// Encryption at rest: AES-256-GCM, a fresh nonce each time, the id of the record as associated data so that a swapped record does not open.

type Bytes = Uint8Array<ArrayBuffer>

const NONCE = 12
const tekst = new TextEncoder()
const lees = new TextDecoder()

export const randomBytes = (aantal: number): Bytes => crypto.getRandomValues(new Uint8Array(aantal))

/** A key that the browser never gives out again. */
export const importKey = (ruw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', ruw, 'AES-GCM', false, ['encrypt', 'decrypt'])

export async function encryptBytes(sleutel: CryptoKey, id: string, inhoud: Bytes): Promise<Bytes> {
  const nonce = randomBytes(NONCE)
  const dicht = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: tekst.encode(id) },
    sleutel,
    inhoud,
  )
  const geheel = new Uint8Array(NONCE + dicht.byteLength)
  geheel.set(nonce)
  geheel.set(new Uint8Array(dicht), NONCE)
  return geheel
}

/** Throws an OperationError when key, id or bytes are not the same as at encryption. */
export async function decryptBytes(sleutel: CryptoKey, id: string, dicht: Uint8Array): Promise<Bytes> {
  const iv = dicht.slice(0, NONCE)
  const open = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: tekst.encode(id) },
    sleutel,
    dicht.slice(NONCE),
  )
  return new Uint8Array(open)
}

export const encrypt = (sleutel: CryptoKey, id: string, inhoud: unknown): Promise<Bytes> =>
  encryptBytes(sleutel, id, tekst.encode(JSON.stringify(inhoud)))

export const decrypt = async <T>(sleutel: CryptoKey, id: string, dicht: Uint8Array): Promise<T> =>
  JSON.parse(lees.decode(await decryptBytes(sleutel, id, dicht))) as T

/** A key from secret bytes that have enough chance in them already (HKDF, SHA-256). */
export async function deriveKey(geheim: Bytes, zout: Bytes, doel: string): Promise<CryptoKey> {
  const bron = await crypto.subtle.importKey('raw', geheim, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: zout, info: tekst.encode(doel) },
    bron,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

export function fromBase64Url(woord: string): Bytes {
  return Uint8Array.from(atob(woord.replaceAll('-', '+').replaceAll('_', '/')), (teken) => teken.charCodeAt(0))
}
