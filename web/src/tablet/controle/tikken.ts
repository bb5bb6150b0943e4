// Every tap is an event of its own; this hook makes the events, one after the other, and says how the storing went.

import { useCallback, useEffect, useRef, useState } from 'react'
import { kern } from '../../kern'
import type { Waarde } from '../../kern/contract'
import { woorden } from '../../onderdelen/handeling'
import type { Filterreden } from '../../regels/tekstfilter'
import type { Gegevens } from './gegevens'
import { afterPaint } from './getikt'
import { type Item, JONG, STRAFBAAR } from './items'
import { withConsequences } from './toegang'

const TERUG_MS = 10_000

export interface Tikken {
  /** Begins when the tap is on the screen, and ends when it is stored or has failed. */
  answer: (item: Item, waarde: Waarde | { geweigerd: string[] }, reden?: Filterreden) => Promise<void>
  record: (soort: string, inhoud: Record<string, unknown>) => Promise<boolean>
  undo: () => void
  /** The last tap can be undone from the bar under the list, for ten seconds. */
  net: boolean
  fout: string | null
  /** An answer that means acute danger was tapped: which one, so that the right numbers are shown (RTE-01), and whether it is stored. */
  acuut: { soort: 'gevaar' | 'jong'; opgeslagen: boolean } | null
  closeAcuut: () => void
}

export function useTikken(controleId: string, gegevens: Gegevens | null): Tikken {
  const [fout, setFout] = useState<string | null>(null)
  const [net, setNet] = useState(false)
  const klok = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [acuut, setAcuut] = useState<Tikken['acuut']>(null)
  const nu = useRef(gegevens)
  useEffect(() => {
    nu.current = gegevens
  }, [gegevens])

  const offerUndo = useCallback((aan: boolean) => {
    clearTimeout(klok.current)
    if (aan) klok.current = setTimeout(() => setNet(false), TERUG_MS)
    setNet(aan)
  }, [])
  useEffect(() => () => clearTimeout(klok.current), [])

  // One after the other: the order on the disk is that of the taps.
  const rij = useRef<Promise<unknown>>(Promise.resolve())
  const queue = useCallback(<T>(werk: () => Promise<T>): Promise<T> => {
    const klaar = rij.current.then(werk)
    rij.current = klaar.catch(() => undefined)
    return klaar
  }, [])

  const store = useCallback(
    async (soort: string, inhoud: Record<string, unknown>) => {
      try {
        await kern.record({ controleId, soort, inhoud })
        setFout(null)
        return true
      } catch (oorzaak) {
        setFout(woorden(oorzaak, 'Dit is niet opgeslagen. Tik nog eens.'))
        return false
      }
    },
    [controleId],
  )

  const record = useCallback<Tikken['record']>((soort, inhoud) => queue(() => store(soort, inhoud)), [queue, store])

  const save = useCallback(
    async (item: Item, waarde: unknown, reden?: Filterreden) => {
      const hier = nu.current
      if (hier === null) return
      const antwoorden = withConsequences(item, waarde, hier.lijsten.items, hier.objecttype, {
        ...hier.beoordeling.waarden,
        ...hier.stand.antwoorden,
      })
      const lijstversies = hier.stand.pakket?.checklistversies ?? hier.stand.lijstversies
      const filterredenen = reden ? { [item.code]: reden } : {}
      if (!(await store('antwoorden', { lijstversies, antwoorden, filterredenen }))) return
      if (isAcute(item, waarde)) setAcuut((open) => open && { ...open, opgeslagen: true })
      offerUndo(true)
    },
    [store, offerUndo],
  )

  const answer = useCallback<Tikken['answer']>(
    (item, waarde, reden) => {
      const beeld = afterPaint()
      if (isAcute(item, waarde))
        void beeld.then(() => setAcuut({ soort: item.code === JONG ? 'jong' : 'gevaar', opgeslagen: false }))
      return queue(() => beeld.then(() => save(item, waarde, reden)))
    },
    [queue, save],
  )

  const undo = useCallback(async () => {
    offerUndo(false)
    setAcuut(null)
    try {
      const codes = await queue(() => kern.undo(controleId))
      const vraag = document.getElementById(`vraag-${codes[0]}`)
      vraag?.scrollIntoView({ block: 'nearest' })
      vraag?.focus({ preventScroll: true })
    } catch (oorzaak) {
      setFout(woorden(oorzaak))
    }
  }, [controleId, queue, offerUndo])

  return { answer, record, undo, net, fout, acuut, closeAcuut: () => setAcuut(null) }
}

/** An answer that by itself means danger now: safety first, whatever else is on the screen. */
function isAcute({ triggers, code }: Item, waarde: unknown): boolean {
  return code !== STRAFBAAR && (triggers ?? []).some(({ gewicht, antwoord }) => gewicht === 'A' && antwoord === waarde)
}
