// A new build waits until no control runs, and then for a tap; what was entered is on the disk either way.

import { useSyncExternalStore } from 'react'
import { Workbox } from 'workbox-window'
import { kern } from '../kern'
import type { Controlestand } from '../kern/contract'

const KIJK_MS = 30 * 60 * 1000
const NOG_EENS_MS = 3000
let wacht: Workbox | null = null
const luisteraars = new Set<() => void>()

/** Registers the service worker; in development there is none. */
export async function startDienstwerker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const werker = new Workbox('/app/dienstwerker.js', { scope: '/app/' })
  werker.addEventListener('waiting', () => {
    wacht = werker
    for (const luister of luisteraars) luister()
  })
  const registratie = await werker.register()
  const kijk = () => {
    // Without network there is nothing new to find; the next look will do.
    if (navigator.onLine) registratie?.update().catch(() => undefined)
  }
  setInterval(kijk, KIJK_MS)
  window.addEventListener('online', kijk)
}

async function pushOn(): Promise<void> {
  const registratie = await navigator.serviceWorker.getRegistration('/app/')
  if (registratie?.waiting) wacht?.messageSkipWaiting()
  else if (registratie?.active?.state === 'activated') window.location.reload()
}

/** A control runs from its start until "wij zijn vertrokken", an attempt, or the service said that it ended. */
export const loopt = (controle: Controlestand): boolean =>
  controle.gestartOp !== null && controle.vertrokkenOp === null && controle.pogingOp === null

export function useBijwerken(): { klaar: boolean; magNu: boolean; werkBij: () => void } {
  const klaar = useSyncExternalStore(
    (luister) => {
      luisteraars.add(luister)
      return () => luisteraars.delete(luister)
    },
    () => wacht !== null,
  )
  const magNu = !kern.useControles().some(loopt)
  const werkBij = () => {
    wacht?.addEventListener('controlling', () => window.location.reload())
    wacht?.messageSkipWaiting()
    // A worker that was just waking can miss the word, and a page that was busy the answer: asked again until it is done.
    setInterval(() => void pushOn(), NOG_EENS_MS)
  }
  return { klaar, magNu, werkBij }
}
