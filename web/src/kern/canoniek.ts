// One form for one content (RFC 8785), so that tablet and service find the same digest.

type Json = null | boolean | number | string | Json[] | { [naam: string]: Json }

export function canonical(waarde: unknown): string {
  return write(waarde as Json)
}

function write(waarde: Json): string {
  if (Array.isArray(waarde)) return `[${waarde.map(write).join(',')}]`
  if (waarde === null || typeof waarde !== 'object') return JSON.stringify(waarde)
  const namen = Object.keys(waarde)
    .filter((naam) => waarde[naam] !== undefined)
    .sort()
  return `{${namen.map((naam) => `${JSON.stringify(naam)}:${write(waarde[naam] as Json)}`).join(',')}}`
}

/** SHA-256 of bytes or of the canonical form of a value, in hexadecimal. */
export async function digest(waarde: unknown): Promise<string> {
  const bytes = waarde instanceof Uint8Array ? waarde : new TextEncoder().encode(canonical(waarde))
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
