// Fields of forms: tiles to choose from, numbers, text. No dictation, no spell check through a service (PLN-04).

import { type HTMLAttributes, type ReactNode, useId } from 'react'
import './vlak.css'

interface Keuze {
  code: string
  tekst: string
}

interface Tegels {
  vraag: string
  uitleg?: string
  keuzes: readonly Keuze[]
  smal?: boolean
}

/** One of a few; the arrow keys walk. */
export function Keuzetegels(props: Tegels & { waarde: string | null; onKies: (code: string) => void }) {
  const naam = useId()
  return (
    <Groep vraag={props.vraag} {...(props.uitleg ? { uitleg: props.uitleg } : {})}>
      <div className={props.smal ? 'vw-tegels vw-tegels--smal' : 'vw-tegels'}>
        {props.keuzes.map((keuze) => (
          <label key={keuze.code} className="vw-tegel">
            <input
              type="radio"
              name={naam}
              checked={props.waarde === keuze.code}
              onChange={() => props.onKies(keuze.code)}
            />
            {keuze.tekst}
          </label>
        ))}
      </div>
    </Groep>
  )
}

/** Any of a few. */
export function Vinktegels(props: Tegels & { waarden: readonly string[]; onKies: (codes: string[]) => void }) {
  return (
    <Groep vraag={props.vraag} {...(props.uitleg ? { uitleg: props.uitleg } : {})}>
      <div className={props.smal ? 'vw-tegels vw-tegels--smal' : 'vw-tegels'}>
        {props.keuzes.map((keuze) => {
          const aan = props.waarden.includes(keuze.code)
          return (
            <label key={keuze.code} className="vw-tegel">
              <input
                type="checkbox"
                checked={aan}
                onChange={() =>
                  props.onKies(
                    aan ? props.waarden.filter((code) => code !== keuze.code) : [...props.waarden, keuze.code],
                  )
                }
              />
              {keuze.tekst}
            </label>
          )
        })}
      </div>
    </Groep>
  )
}

function Groep({ vraag, uitleg, children }: { vraag: string; uitleg?: string; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset className="vw-veld" aria-describedby={uitleg ? id : undefined}>
      <legend>{vraag}</legend>
      {uitleg && (
        <p className="vw-klein" id={id}>
          {uitleg}
        </p>
      )}
      {children}
    </fieldset>
  )
}

interface Invoer {
  vraag: string
  uitleg?: string
  waarde: string
  kort?: boolean
  lang?: boolean
  maximaal?: number
  toetsen?: HTMLAttributes<HTMLInputElement>['inputMode']
  onTyp: (waarde: string) => void
}

/** A line or a few lines of text, or a number typed as text (a comma may be in it). */
export function Invoerveld(props: Invoer) {
  const id = useId()
  const gedeeld = {
    id,
    value: props.waarde,
    maxLength: props.maximaal ?? 80,
    autoComplete: 'off',
    autoCorrect: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
    'aria-describedby': props.uitleg ? `${id}-uitleg` : undefined,
  }
  return (
    <div className="vw-veld">
      <label htmlFor={id}>{props.vraag}</label>
      {props.uitleg && (
        <p className="vw-klein" id={`${id}-uitleg`}>
          {props.uitleg}
        </p>
      )}
      {props.lang ? (
        <textarea {...gedeeld} className="vw-invoer" rows={4} onChange={(event) => props.onTyp(event.target.value)} />
      ) : (
        <input
          {...gedeeld}
          className={props.kort ? 'vw-invoer vw-invoer--kort' : 'vw-invoer'}
          inputMode={props.toetsen ?? 'text'}
          onChange={(event) => props.onTyp(event.target.value)}
        />
      )}
    </div>
  )
}
