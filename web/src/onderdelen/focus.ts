// Who works with a keyboard or a reader stays where he was, also when what he pressed goes away or can not be pressed for a moment.
//
// The browser then gives the focus to nothing, and a reader begins at the top of the page. Here it goes to the nearest of what stood around
// it: the card, the part, the screen. A screen that goes as a whole is left to the one that comes (Pagina).

import { useEffect } from 'react'

/** From the inside out: what has the focus, and what stands around it on its screen. */
function aroundOf(wat: EventTarget | null): HTMLElement[] {
  const keten: HTMLElement[] = []
  for (let een = wat instanceof HTMLElement ? wat : null; een !== null; een = een.parentElement) {
    keten.push(een)
    if (een.matches('main, dialog')) return keten
  }
  return []
}

export function useKeptFocus(): void {
  useEffect(() => {
    let keten: HTMLElement[] = []
    const remember = ({ target }: FocusEvent) => {
      keten = aroundOf(target)
    }
    const kijker = new MutationObserver(() => {
      const [laatste] = keten
      if (laatste === undefined || document.activeElement !== document.body) return
      if (!keten.at(-1)?.isConnected || (laatste.isConnected && !laatste.matches(':disabled'))) return
      const thuis = keten.slice(1).find((een) => een.isConnected)
      if (thuis !== undefined && !thuis.hasAttribute('tabindex')) thuis.tabIndex = -1
      thuis?.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', remember)
    kijker.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => {
      document.removeEventListener('focusin', remember)
      kijker.disconnect()
    }
  }, [])
}
