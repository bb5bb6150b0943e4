// Which PIN is refused, and why in words.

const KORTST = 6

export function pinbezwaar(pin: string): string {
  if (!/^\d*$/.test(pin)) return 'Gebruik alleen cijfers.'
  if (pin.length < KORTST) return `Kies ten minste ${KORTST} cijfers.`
  const stappen = new Set([...pin].slice(1).map((cijfer, plek) => Number(cijfer) - Number(pin[plek])))
  if (stappen.size === 1 && [0, 1, -1].includes([...stappen][0] ?? 9)) return 'Deze pincode is te makkelijk te raden.'
  return ''
}
