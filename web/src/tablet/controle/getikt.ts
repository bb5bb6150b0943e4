// The tap is on the screen first, on its own card alone; what it means for the disk and for the other questions comes after that frame.

import { useState } from 'react'

/** Milliseconds; a screen that is drawn at all is drawn long before. */
const LANGST = 100

/** Resolves once what was just changed is on the screen; at once when nobody sees it, or when the app goes away before. */
export function afterPaint(): Promise<void> {
  if (document.hidden) return Promise.resolve()
  return new Promise((klaar) => {
    const { port1, port2 } = new MessageChannel()
    const klok = setTimeout(ready, LANGST)
    function ready() {
      clearTimeout(klok)
      document.removeEventListener('visibilitychange', ready)
      port1.close()
      klaar()
    }
    document.addEventListener('visibilitychange', ready)
    port1.onmessage = ready
    // A frame callback runs before the drawing; a message from it arrives after.
    requestAnimationFrame(() => port2.postMessage(null))
  })
}

export interface Getikt<T> {
  getoond: T
  /** Shown, and not stored yet. */
  bezig: boolean
  tap: (waarde: T) => void
}

/**
 * What a card shows: what was tapped until that is stored or has failed, and always what is stored after that.
 *
 * @param bewaar ends when the store has spoken
 */
export function useGetikt<T>(opgeslagen: T, bewaar: (waarde: T) => Promise<unknown>): Getikt<T> {
  const [getikt, setGetikt] = useState<{ waarde: T } | null>(null)
  function tap(waarde: T) {
    const deze = { waarde }
    setGetikt(deze)
    void bewaar(waarde).finally(() => setGetikt((nu) => (nu === deze ? null : nu)))
  }
  return { getoond: getikt === null ? opgeslagen : getikt.waarde, bezig: getikt !== null, tap }
}
