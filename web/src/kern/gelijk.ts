// What did not change keeps its identity, so that a screen sees by one comparison that there is nothing to draw.

/** Whether two values are the same, or are lists, sets or records of the same parts. */
export function isGelijk(een: unknown, ander: unknown): boolean {
  if (Object.is(een, ander)) return true
  if (typeof een !== 'object' || typeof ander !== 'object' || een === null || ander === null) return false
  if (een instanceof Set || ander instanceof Set)
    return (
      een instanceof Set && ander instanceof Set && een.size === ander.size && [...een].every((deel) => ander.has(deel))
    )
  if (Array.isArray(een) !== Array.isArray(ander)) return false
  const delen = Object.entries(een)
  const daar = ander as Record<string, unknown>
  return (
    delen.length === Object.keys(daar).length &&
    delen.every(([naam, deel]) => Object.hasOwn(daar, naam) && Object.is(deel, daar[naam]))
  )
}

/** The new record, with the parts of the old one where they are equal. */
export function keepParts<T extends object>(nieuw: T, oud: T | undefined): T {
  if (oud === undefined) return nieuw
  const delen = Object.entries(nieuw).map(([naam, deel]) => {
    const was = (oud as Record<string, unknown>)[naam]
    return [naam, isGelijk(deel, was) ? was : deel]
  })
  return Object.fromEntries(delen) as T
}
