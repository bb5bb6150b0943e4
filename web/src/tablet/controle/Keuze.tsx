// After an advice the inspector chooses, with a reason; 'signaal' is never held back (checklists section 3).

import { useId, useState } from 'react'
import { checkText, MELDINGEN, refuseOrWarn } from '../../regels/tekstfilter'

interface Props {
  gekozen: string | null
  streng: boolean
  vrij: readonly string[]
  record: (soort: string, inhoud: Record<string, unknown>) => Promise<boolean>
}

export function Keuze({ gekozen, streng, vrij, record }: Props) {
  const [reden, setReden] = useState('')
  const labelId = useId()
  const treffers = checkText(reden, vrij)
  const mag = refuseOrWarn(treffers, streng) === 'goed'
  if (gekozen) {
    return <p role="status">U koos: {gekozen === 'signaal' ? 'signaal' : 'geen signaal'}. Uw reden is opgeslagen.</p>
  }
  return (
    <section aria-labelledby={labelId}>
      <h2 id={labelId}>Uw keuze</h2>
      <label className="vw-regelveld">
        Waarom kiest u dit? Alleen wat u zag of hoorde, geen namen.
        <textarea
          rows={3}
          maxLength={4000}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={reden}
          onChange={({ target }) => setReden(target.value)}
        />
      </label>
      <div role="status">
        {treffers.map((soort) => (
          <p key={soort}>{MELDINGEN[soort]}</p>
        ))}
      </div>
      <div className="vw-knoppen">
        <button
          type="button"
          className="ams-button ams-button--secondary vw-knop"
          disabled={reden.trim() === '' || !mag}
          onClick={() => void record('keuze', { keuze: 'geen-signaal', reden: reden.trim() })}
        >
          Geen signaal
        </button>
        <button
          type="button"
          className="ams-button ams-button--primary vw-knop"
          onClick={() => void record('keuze', { keuze: 'signaal', reden: mag ? reden.trim() : '' })}
        >
          Signaal
        </button>
      </div>
    </section>
  )
}
