// Which control this tablet is busy with: an opaque id, in memory and in the path, so that 'acuut' and the permit page know it on any screen,
// also after the lock.

import { useEffect, useSyncExternalStore } from 'react'

let huidig: string | null = null
const luisteraars = new Set<() => void>()

export const huidigeControle = (): string | null => huidig

export function zetHuidigeControle(controleId: string | null): void {
  huidig = controleId
  for (const luister of luisteraars) luister()
}

export function useHuidigeControle(): string | null {
  return useSyncExternalStore((luister) => {
    luisteraars.add(luister)
    return () => luisteraars.delete(luister)
  }, huidigeControle)
}

/** The control that is looked at; it stays the current one until another takes its place. */
export function useIsHuidig(controleId: string | null): void {
  useEffect(() => {
    if (controleId !== null) zetHuidigeControle(controleId)
  }, [controleId])
}
