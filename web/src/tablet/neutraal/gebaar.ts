// Opens the neutral page: one swipe to the left anywhere, or F9. Not from the edge (that is the system's own gesture), not where a
// finger draws or types.

import { useEffect } from 'react'

const AFSTAND = 110
const RAND = 24
const HOOGSTENS_MS = 800
const NIET = 'input, textarea, select, canvas, [data-veeg="eigen"]'

export function useGebaar(onOpen: () => void): void {
  useEffect(() => {
    let begin: { x: number; y: number; tijd: number } | null = null
    const start = (event: TouchEvent) => {
      const vinger = event.touches[0]
      const eigen = event.target instanceof Element && event.target.closest(NIET) !== null
      const alleen = event.touches.length === 1 && vinger !== undefined && !eigen
      begin =
        alleen && vinger.clientX < window.innerWidth - RAND
          ? { x: vinger.clientX, y: vinger.clientY, tijd: event.timeStamp }
          : null
    }
    const eind = (event: TouchEvent) => {
      const vinger = event.changedTouches[0]
      if (begin === null || vinger === undefined) return
      const links = begin.x - vinger.clientX
      const schuin = Math.abs(begin.y - vinger.clientY)
      if (links > AFSTAND && schuin < links / 2 && event.timeStamp - begin.tijd < HOOGSTENS_MS) onOpen()
      begin = null
    }
    const toets = (event: KeyboardEvent) => {
      if (event.key === 'F9') onOpen()
    }
    const passief = { passive: true, capture: true }
    document.addEventListener('touchstart', start, passief)
    document.addEventListener('touchend', eind, passief)
    document.addEventListener('keydown', toets)
    return () => {
      document.removeEventListener('touchstart', start, passief)
      document.removeEventListener('touchend', eind, passief)
      document.removeEventListener('keydown', toets)
    }
  }, [onOpen])
}
