// The list of a running control: one column, the core first, everything in reach of one thumb.

import { useMemo, useState } from 'react'
import type { Gegevens } from './gegevens'
import { Onderdeel } from './Onderdeel'
import { Springbalk } from './Springbalk'
import { Strafbaar } from './Strafbaar'
import type { Tikken } from './tikken'
import type { Omgeving } from './Vraag'
import { cardsOf } from './vraagkaart'

interface Props {
  controleId: string
  gegevens: Gegevens
  tikken: Tikken
  onMeer: (codes: string[]) => void
  onVertrek: () => void
  onPoging: () => void
}

export function Lijst({ controleId, gegevens, tikken, onMeer, onVertrek, onPoging }: Props) {
  const { lijsten, streng, vrij, blokken, stand } = gegevens
  const { answer, undo } = tikken
  const [strafbaar, setStrafbaar] = useState(false)
  const nummers = vrij.join('\n')
  const omgeving = useMemo<Omgeving>(
    () => ({ controleId, rekenregel: lijsten.rekenregel, streng, vrij: nummers ? nummers.split('\n') : [], answer }),
    [controleId, lijsten, streng, nummers, answer],
  )
  const begonnen = Object.keys(stand.antwoorden).length > 0
  return (
    <>
      {blokken.map((blok) => (
        <Onderdeel key={blok.code} blok={blok} kaarten={cardsOf(blok, gegevens)} omgeving={omgeving} onMeer={onMeer} />
      ))}
      <section className="vw-onderdeel" aria-labelledby="kop-verder">
        <h2 id="kop-verder" className="vw-onderdeel__kop">
          Verder
        </h2>
        <button type="button" className="ams-button ams-button--primary vw-knop" onClick={onVertrek}>
          Naar buiten
        </button>
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={undo} disabled={!begonnen}>
          Laatste antwoord ongedaan maken
        </button>
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={() => setStrafbaar(true)}>
          Mogelijk strafbaar feit gezien
        </button>
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onPoging}>
          Niet binnengekomen
        </button>
      </section>
      {strafbaar && <Strafbaar onStop={() => tikken.record('sfeerovergang', {})} onTerug={() => setStrafbaar(false)} />}
      <Springbalk blokken={blokken} net={tikken.net} onTerug={undo} />
    </>
  )
}
