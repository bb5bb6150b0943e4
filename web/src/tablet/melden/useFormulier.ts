// A form that survives a killed browser: every tap is kept encrypted, and recording it takes the draft away.

import { useEffect, useState } from 'react'
import { kern } from '../../kern'
import type { Kernfout, NieuweGebeurtenis } from '../../kern/contract'

export interface Formulier<Inhoud> {
  inhoud: Inhoud
  /** The draft was read; until then nothing may be typed over it. */
  gelezen: boolean
  zet: (deel: Partial<Inhoud>) => void
  fout: string | null
  bezig: boolean
  /** Records it and clears the form; answers whether it is on the disk. */
  leg: (gebeurtenis: NieuweGebeurtenis) => Promise<boolean>
  wis: () => Promise<void>
}

export function useFormulier<Inhoud extends object>(naam: string, leeg: Inhoud): Formulier<Inhoud> {
  const concept = kern.useConcept<Inhoud>(naam)
  // What is typed shows at once; the disk follows. A letter that waits for the disk would come out of order.
  const [inhoud, setInhoud] = useState<Inhoud | null>(null)
  const [fout, setFout] = useState<string | null>(null)
  const [bezig, setBezig] = useState(false)
  const nu = inhoud ?? concept.waarde ?? leeg
  const { gelezen, bewaar, wis } = concept

  useEffect(() => {
    if (inhoud === null) return
    bewaar(inhoud).catch((reden: Kernfout) => setFout(reden.message))
  }, [inhoud, bewaar])

  return {
    inhoud: nu,
    gelezen,
    zet: (deel) => setInhoud({ ...nu, ...deel }),
    fout,
    bezig,
    leg: async (gebeurtenis) => {
      setBezig(true)
      try {
        await kern.record(gebeurtenis)
        setInhoud(null)
        await wis()
        setFout(null)
        return true
      } catch (reden) {
        setFout(
          reden instanceof Error && reden.message ? reden.message : 'Dit is niet opgeslagen. Probeer het nog een keer.',
        )
        return false
      } finally {
        setBezig(false)
      }
    },
    wis: async () => {
      setInhoud(null)
      await wis()
    },
  }
}
