// The present moment, anew every half minute and as the screen comes back, for clocks that run along.

import { useEffect, useState } from 'react'

const STAP_MS = 30_000

export function useNu(): Date {
  const [nu, setNu] = useState(() => new Date())
  useEffect(() => {
    const tik = () => setNu(new Date())
    const klok = setInterval(tik, STAP_MS)
    document.addEventListener('visibilitychange', tik)
    return () => {
      clearInterval(klok)
      document.removeEventListener('visibilitychange', tik)
    }
  }, [])
  return nu
}
