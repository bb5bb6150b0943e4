// Saves a text while somebody writes: at a pause, when the field is left, and when the app goes away; the filter goes first.

import { useCallback, useEffect, useRef, useState } from 'react'
import { checkText, type Filterreden, refuseOrWarn, type Treffersoort } from '../../../regels/tekstfilter'

const PAUZE_MS = 500

export interface Tekstveld {
  tekst: string
  treffers: Treffersoort[]
  /** 'wacht': not stored, since it holds what may not be kept. */
  stand: 'bezig' | 'opgeslagen' | 'wacht'
  write: (tekst: string) => void
  flush: () => void
  keep: (reden: Filterreden) => void
}

interface Opties {
  /** What is stored now; null when nothing is, or when the text was refused. */
  opgeslagen: string | null
  streng: boolean
  vrij: readonly string[]
  reden: Filterreden | undefined
  save: (waarde: string | null, reden?: Filterreden) => void
  /** Told once per list of reasons, where no reason of the inspector helps. */
  refuse: (soorten: Treffersoort[]) => void
}

export function useTekstveld({ opgeslagen, streng, vrij, reden, save, refuse }: Opties): Tekstveld {
  const [tekst, setTekst] = useState(opgeslagen ?? '')
  const [treffers, setTreffers] = useState<Treffersoort[]>([])
  const [bezig, setBezig] = useState(false)
  const wacht = useRef<string | null>(null)
  const gemeld = useRef('')

  // What was written here comes back from the disk piece by piece and changes nothing; any other text (undo, the other tablet) takes
  // the place of what stands in the field, unless somebody is writing.
  const [gezien, setGezien] = useState(opgeslagen)
  const [onderweg, setOnderweg] = useState<(string | null)[]>([])
  if (opgeslagen !== gezien) {
    setGezien(opgeslagen)
    const plek = onderweg.indexOf(opgeslagen)
    if (plek >= 0) setOnderweg(onderweg.slice(plek + 1))
    else if (wacht.current === null) setTekst(opgeslagen ?? '')
  }

  const flush = useCallback(
    (gegeven = reden) => {
      const nieuw = wacht.current
      if (nieuw === null) return
      const gevonden = checkText(nieuw, vrij)
      setTreffers(gevonden)
      setBezig(false)
      const oordeel = refuseOrWarn(gevonden, streng, gegeven)
      if (oordeel === 'goed') {
        wacht.current = null
        const waarde = nieuw.trim() === '' ? null : nieuw
        gemeld.current = ''
        setOnderweg((al) => [...al, waarde])
        save(waarde, gevonden.length > 0 ? gegeven : undefined)
      } else if (oordeel === 'weigeren' && gemeld.current !== gevonden.join()) {
        gemeld.current = gevonden.join()
        refuse(gevonden)
      }
    },
    [reden, vrij, streng, save, refuse],
  )

  const nu = useRef(flush)
  useEffect(() => {
    nu.current = flush
  }, [flush])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each letter starts the pause anew
  useEffect(() => {
    if (!bezig) return
    const klok = setTimeout(() => nu.current(), PAUZE_MS)
    return () => clearTimeout(klok)
  }, [bezig, tekst])
  useEffect(() => {
    const leave = () => nu.current()
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])

  return {
    tekst,
    treffers,
    stand:
      wacht.current !== null && !bezig && treffers.length > 0
        ? 'wacht'
        : tekst !== '' && tekst === opgeslagen
          ? 'opgeslagen'
          : 'bezig',
    write: (nieuw) => {
      wacht.current = nieuw
      setTekst(nieuw)
      setBezig(true)
    },
    flush: () => flush(),
    keep: (gekozen) => flush(gekozen),
  }
}
