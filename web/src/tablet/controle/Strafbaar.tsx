// RPT-02: at the suspicion of an offence the list stops. One question before it, since it cannot be undone.

import { Venster } from './Venster'

interface Props {
  onStop: () => Promise<boolean>
  onTerug: () => void
}

export function Strafbaar({ onStop, onTerug }: Props) {
  return (
    <Venster titel="Ziet u een mogelijk strafbaar feit?" onSluit={onTerug}>
      <p>De lijst stopt dan. U stelt geen vragen meer en belt de politie. Wij bewaren alleen het tijdstip.</p>
      <div className="vw-knoppen">
        <button type="button" className="ams-button ams-button--secondary vw-knop" onClick={onTerug}>
          Nee, terug naar de lijst
        </button>
        <button type="button" className="ams-button ams-button--primary vw-knop" onClick={() => void onStop()}>
          Ja, stop de lijst
        </button>
      </div>
    </Venster>
  )
}
