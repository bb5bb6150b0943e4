// What lies over the whole screen scrolls by itself; what lies behind it neither scrolls nor moves.
//
// Done here and not by `:root:has(dialog:modal)`: with such a rule each node that comes or goes anywhere makes the browser look at the
// style of the whole page anew, which is what a tap in a long list then waits for.

import { type RefObject, useLayoutEffect } from 'react'

let lagen = 0

function pin(erbij: 1 | -1): void {
  lagen += erbij
  document.documentElement.style.overflow = lagen > 0 ? 'hidden' : ''
}

/** For as long as the component that asks for it is on the screen; one may lie over another. */
export function useOverheen(): void {
  useLayoutEffect(() => {
    pin(1)
    return () => pin(-1)
  }, [])
}

/** Shows a dialog before all else; the browser keeps the focus inside, and gives it back when the dialog closes before it goes. */
export function useModaal(venster: RefObject<HTMLDialogElement | null>): void {
  useOverheen()
  useLayoutEffect(() => {
    const eigen = venster.current
    eigen?.showModal()
    return () => eigen?.close()
  }, [venster])
}
