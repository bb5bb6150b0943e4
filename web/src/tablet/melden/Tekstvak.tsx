// Free text with the filter of the tablet: what may not be kept is said while it is on the screen, before anything is stored (design 7).

import { Alinea, Kolom } from '../../onderdelen/Kader'
import { Invoerveld } from '../../onderdelen/Velden'
import { checkText, MELDINGEN, type Treffersoort } from '../../regels/tekstfilter'

interface Eigenschappen {
  vraag: string
  uitleg: string
  waarde: string
  maximaal: number
  onTyp: (tekst: string) => void
}

export function Tekstvak(props: Eigenschappen) {
  const treffers = textFaults(props.waarde)
  return (
    <Kolom dicht>
      <Invoerveld {...props} lang />
      <div role="status">
        {treffers.map((soort) => (
          <Alinea key={soort}>
            <strong>{MELDINGEN[soort]}</strong>
          </Alinea>
        ))}
      </div>
    </Kolom>
  )
}

/** What a text may not hold; the forms send a text only when this is empty. */
export const textFaults = (tekst: string): Treffersoort[] => checkText(tekst)
