// Whether help was offered: yes or no, never to whom (PLN-09).

import { useId } from 'react'
import type { Zending } from '../../kern/contract'

interface Props {
  zendingen: readonly Zending[]
  record: (soort: string, inhoud: Record<string, unknown>) => Promise<boolean>
}

export function Hulpaanbod({ zendingen, record }: Props) {
  const labelId = useId()
  const vastgelegd = zendingen.some(({ soort }) => soort === 'hulpaanbod')
  const choose = (hulpaanbod: boolean) => void record('hulpaanbod', { hulpaanbod })
  return (
    <section className="vw-vraag" aria-labelledby={labelId}>
      <h2 id={labelId} className="vw-vraag__tekst">
        Heeft u hulp aangeboden?
      </h2>
      <p className="vw-vraag__hulp">Alleen ja of nee. Schrijf nooit op aan wie.</p>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons that record at once */}
      <div className="vw-keuzes vw-keuzes--naast" role="group" aria-labelledby={labelId}>
        <button type="button" className="vw-keuze" onClick={() => choose(true)}>
          Ja
        </button>
        <button type="button" className="vw-keuze" onClick={() => choose(false)}>
          Nee
        </button>
      </div>
      <p role="status">{vastgelegd && 'Vastgelegd. Klopt het niet? Tik dan het andere antwoord.'}</p>
    </section>
  )
}
