// An answer that means danger now: safety first, then who to call. At doubt about age the police, 112 only at danger (RTE-01).
// The answer itself is saved already, and the service makes of it what the acute button makes.

import { Venster } from './Venster'

interface Props {
  soort: 'gevaar' | 'jong'
  onSluit: () => void
}

const POLITIE = { href: 'tel:09008844', woorden: 'Politie 0900-8844' }
const ALARM = { href: 'tel:112', woorden: '112' }

export function AcuutAntwoord({ soort, onSluit }: Props) {
  const [eerst, daarna] = soort === 'jong' ? [POLITIE, ALARM] : [ALARM, POLITIE]
  return (
    <Venster titel="Loop naar een veilige plek" onSluit={onSluit}>
      <div className="vw-knoppen">
        <a className="ams-button ams-button--primary vw-knop" href={eerst.href}>
          {eerst.woorden}
        </a>
        <a className="ams-button ams-button--secondary vw-knop" href={daarna.href}>
          {soort === 'jong' ? 'Gevaar: 112' : daarna.woorden}
        </a>
      </div>
      <p>Uw antwoord is opgeslagen. Grijp niet zelf in.</p>
      <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onSluit}>
        Terug naar de lijst
      </button>
    </Venster>
  )
}
