// A number with its unit and a keypad for cold hands; a keyboard works as well. Every digit is an answer of its own: nothing waits.

import { useId, useState } from 'react'
import { NIET_VASTGESTELD } from '../items'
import { EENHEDEN, number } from '../woorden'

interface Props {
  waarde: number | string | null
  eenheid: string | null
  heel: boolean
  maximum: number
  labelId: string
  onKies: (waarde: number | string | null) => void
}

const TOETSEN = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ',', '0', 'wis']

/** The number that is written, or null; a Dutch comma parts the decimals. */
export function readEntry(invoer: string): number | null {
  const schoon = invoer.replace(',', '.').replace(/\.$/u, '')
  return /^\d+(?:\.\d{1,2})?$/u.test(schoon) ? Number(schoon) : null
}

/** What stands in the field after a key; anything that makes no number is not taken. */
export function press(invoer: string, toets: string, heel: boolean, maximum: number): string {
  if (toets === 'wis') return invoer.slice(0, -1)
  if (toets === ',' && (heel || invoer.includes(','))) return invoer
  const nieuw = toets === ',' && invoer === '' ? '0,' : (invoer === '0' && toets !== ',' ? '' : invoer) + toets
  const getal = readEntry(nieuw)
  return getal === null || getal > maximum ? invoer : nieuw
}

const shown = (waarde: Props['waarde']): string => (typeof waarde === 'number' ? String(waarde).replace('.', ',') : '')

export function Getal({ waarde, eenheid, heel, maximum, labelId, onKies }: Props) {
  const [invoer, setInvoer] = useState(shown(waarde))
  const [open, setOpen] = useState(false)
  const eenheidId = useId()
  // Each digit is a record of its own and the records come back one by one: what was typed here stays as it is typed. Any other
  // value (undo, the other tablet) takes the place of what stands in the field.
  const vastgelegd = typeof waarde === 'number' ? waarde : null
  const [gezien, setGezien] = useState(vastgelegd)
  const [onderweg, setOnderweg] = useState<(number | null)[]>([])
  if (vastgelegd !== gezien) {
    setGezien(vastgelegd)
    const plek = onderweg.indexOf(vastgelegd)
    if (plek >= 0) setOnderweg(onderweg.slice(plek + 1))
    else {
      setOnderweg([])
      setInvoer(shown(waarde))
    }
  }

  function enter(nieuw: string) {
    if (nieuw === invoer) return
    setInvoer(nieuw)
    const getal = readEntry(nieuw)
    if (getal === readEntry(invoer)) return
    setOnderweg([...onderweg, getal])
    onKies(getal)
  }

  return (
    <div className="vw-getal">
      <div className="vw-getal__regel">
        <input
          className="vw-getal__veld"
          inputMode="none"
          autoComplete="off"
          aria-labelledby={labelId}
          aria-describedby={eenheidId}
          value={invoer}
          placeholder={waarde === NIET_VASTGESTELD ? 'niet vastgesteld' : ''}
          onFocus={() => setOpen(true)}
          onChange={({ target }) => {
            const getypt = target.value.replace('.', ',')
            const getal = readEntry(getypt)
            if (getypt === '' || (getal !== null && getal <= maximum && !(heel && getypt.includes(',')))) enter(getypt)
          }}
        />
        <span id={eenheidId} className="vw-getal__eenheid">
          {EENHEDEN[eenheid ?? ''] ?? eenheid}
        </span>
        <button
          type="button"
          className="vw-keuze"
          aria-pressed={waarde === NIET_VASTGESTELD}
          onClick={() => {
            setOpen(false)
            onKies(NIET_VASTGESTELD)
          }}
        >
          Niet vastgesteld
        </button>
      </div>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: keys are no form fields
        <div className="vw-toetsen" role="group" aria-label="Cijfers">
          {TOETSEN.map((toets) => (
            <button
              key={toets}
              type="button"
              className="vw-toets"
              disabled={toets === ',' && heel}
              aria-label={{ wis: 'Laatste cijfer wissen', ',': 'Komma' }[toets]}
              onClick={() => enter(press(invoer, toets, heel, maximum))}
            >
              {toets === 'wis' ? '⌫' : toets}
            </button>
          ))}
          <button type="button" className="vw-toets vw-toets--klaar" onClick={() => setOpen(false)}>
            Klaar{invoer === '' ? '' : `: ${number(readEntry(invoer) ?? 0)}`}
          </button>
        </div>
      )}
    </div>
  )
}
