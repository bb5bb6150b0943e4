// Behind a tap: the legal ground of a question and what may not be written down. At text and photos the latter is always in sight.

import type { Item } from './items'
import { forbidden } from './nietvast'
import type { Rekenregel } from './rekenregel'

interface Props {
  item: Item
  rekenregel: Rekenregel
  wissen: (() => void) | null
}

const ALTIJD_ZICHTBAAR = new Set(['tekst', 'foto'])

export function Uitleg({ item, rekenregel, wissen }: Props) {
  const niet = forbidden(item.nietVastleggen, rekenregel.vCodes)
  const zichtbaar = ALTIJD_ZICHTBAAR.has(item.antwoordtype)
  return (
    <>
      {zichtbaar && niet.length > 0 && <NietVastleggen regels={niet} />}
      <details className="vw-uitleg">
        <summary>Uitleg</summary>
        <p>
          <strong>Grond:</strong> {item.grondslag ?? 'geen bijzondere grond nodig'}.
        </p>
        {item.vrijwillig && <p>Dit is een vrijwillig gesprek. U mag het antwoord niet eisen.</p>}
        {!zichtbaar && niet.length > 0 && <NietVastleggen regels={niet} />}
        {wissen && (
          <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={wissen}>
            Antwoord weghalen
          </button>
        )}
      </details>
    </>
  )
}

function NietVastleggen({ regels }: { regels: readonly string[] }) {
  return (
    <div className="vw-niet">
      <p>
        <strong>Leg dit niet vast:</strong>
      </p>
      <ul>
        {regels.map((regel) => (
          <li key={regel}>{regel}</li>
        ))}
      </ul>
    </div>
  )
}
