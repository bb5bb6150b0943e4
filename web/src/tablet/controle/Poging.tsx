// Nobody came in: an attempt, never a control (PLN-15). The planner proposes another part of the day.

import { useState } from 'react'
import { Pagina } from '../../onderdelen/Pagina'

interface Props {
  /** Which place, in words: it is recorded about this one. */
  plek: string
  onReden: (reden: string) => Promise<boolean>
  terug: string
  onTerug: () => void
}

const REDENEN: [string, string][] = [
  ['gesloten', 'Gesloten'],
  ['niemand-aanwezig', 'Niemand aanwezig'],
  ['toegang-geweigerd', 'Toegang geweigerd'],
  ['onveilig', 'Niet veilig om naar binnen te gaan'],
  ['anders', 'Anders'],
]

export function Poging({ plek, onReden, terug, onTerug }: Props) {
  const [gekozen, setGekozen] = useState<string | null>(null)
  return (
    <Pagina titel="Niet binnengekomen">
      <p>
        <strong>{plek}</strong>
      </p>
      <p>Dit telt als poging, niet als controle. Het adres komt terug op een ander deel van de dag.</p>
      {/* biome-ignore lint/a11y/useSemanticElements: big buttons that only choose; the button below records */}
      <div className="vw-keuzes" role="group" aria-label="Waarom kwam u niet binnen?">
        {REDENEN.map(([code, woorden]) => (
          <button
            key={code}
            type="button"
            className="vw-keuze"
            aria-pressed={gekozen === code}
            onClick={() => setGekozen(code)}
          >
            {woorden}
          </button>
        ))}
      </div>
      <div className="vw-knoppen">
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onTerug}>
          {terug}
        </button>
        <button
          type="button"
          className="ams-button ams-button--primary vw-knop"
          disabled={gekozen === null}
          onClick={() => gekozen && void onReden(gekozen)}
        >
          Leg de poging vast
        </button>
      </div>
    </Pagina>
  )
}
