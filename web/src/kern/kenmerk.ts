// Ids that the tablet makes: UUID version 7 (RFC 9562), time first, 74 random bits.

export function newId(nu = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const tijd = new DataView(bytes.buffer)
  tijd.setUint32(0, Math.floor(nu / 65_536))
  tijd.setUint16(4, nu % 65_536)
  tijd.setUint8(6, 0x70 | (tijd.getUint8(6) & 0x0f))
  tijd.setUint8(8, 0x80 | (tijd.getUint8(8) & 0x3f))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
