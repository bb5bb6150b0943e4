// Free text. What may not be kept stays on the screen for correction and is stored nowhere; spell check and dictation are off.

import { useId } from 'react'
import { type Filterreden, MELDINGEN, type Treffersoort } from '../../../regels/tekstfilter'
import { useTekstveld } from './opslaan'

interface Props {
  opgeslagen: string | null
  geweigerd: readonly string[] | null
  streng: boolean
  vrij: readonly string[]
  reden: Filterreden | undefined
  maximum: number
  labelId: string
  onBewaar: (waarde: string | null, reden?: Filterreden) => void
  onWeiger: (soorten: Treffersoort[]) => void
}

const REDENEN: [Filterreden, string][] = [
  ['vals-alarm', 'Dit is geen persoonlijk gegeven'],
  ['gegeven-van-bedrijf', 'Het is van het bedrijf'],
  ['gegeven-van-overheid', 'Het is van de overheid'],
]

export function Tekst({ opgeslagen, geweigerd, streng, vrij, reden, maximum, labelId, onBewaar, onWeiger }: Props) {
  const veld = useTekstveld({ opgeslagen, streng, vrij, reden, save: onBewaar, refuse: onWeiger })
  const meldingId = useId()
  const wacht = veld.stand === 'wacht'
  return (
    <div className="vw-tekst">
      <textarea
        className="vw-tekst__veld"
        rows={4}
        maxLength={maximum}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="sentences"
        spellCheck={false}
        aria-labelledby={labelId}
        aria-describedby={meldingId}
        value={veld.tekst}
        onChange={({ target }) => veld.write(target.value)}
        onBlur={veld.flush}
      />
      <div id={meldingId} role="status" className="vw-tekst__stand">
        {wacht && (
          <>
            <p>
              <strong>Deze tekst is nog niet opgeslagen.</strong>
            </p>
            <ul>
              {veld.treffers.map((soort) => (
                <li key={soort}>{MELDINGEN[soort]}</li>
              ))}
            </ul>
            <p>
              {streng
                ? 'Haal het weg. Dan slaan we de tekst op. Wat u al antwoordde is wel opgeslagen.'
                : 'Haal het weg, of kies waarom het mag blijven staan.'}
            </p>
          </>
        )}
        {!wacht && geweigerd && veld.tekst === '' && (
          <p>
            De tekst is niet bewaard, want er stond in: {geweigerd.join(', ')}. Schrijf hem opnieuw zonder dat gegeven.
          </p>
        )}
        {veld.stand === 'opgeslagen' && 'Opgeslagen op tablet.'}
      </div>
      {wacht && !streng && (
        // biome-ignore lint/a11y/useSemanticElements: three buttons, no form field
        <div className="vw-keuzes" role="group" aria-label="Waarom het mag blijven staan">
          {REDENEN.map(([code, woorden]) => (
            <button key={code} type="button" className="vw-keuze" onClick={() => veld.keep(code)}>
              {woorden}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
