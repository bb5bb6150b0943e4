// Something that takes a moment and may fail, for a button: busy or not, and what went wrong in words.

import { useState } from 'react'

export function useHandeling(): { bezig: boolean; fout: string; doe: (werk: () => Promise<void>) => void } {
  const [bezig, setBezig] = useState(false)
  const [fout, setFout] = useState('')
  const doe = (werk: () => Promise<void>) => {
    if (bezig) return
    setBezig(true)
    setFout('')
    werk()
      .catch((oorzaak: unknown) => setFout(woorden(oorzaak)))
      .finally(() => setBezig(false))
  }
  return { bezig, fout, doe }
}

/** Faults of the kernel speak Dutch; those of the browser do not. */
export function woorden(oorzaak: unknown, anders = 'Dit lukte niet. Probeer het opnieuw.'): string {
  if (oorzaak instanceof Error && 'code' in oorzaak && typeof oorzaak.code === 'string') return oorzaak.message
  return anders
}
