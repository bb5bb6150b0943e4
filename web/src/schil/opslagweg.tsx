// A browser can lose what it keeps for an app: too little room, a profile that broke, somebody who cleared it. What was not sent is gone
// then, but for the second copy of what can go sealed (kern/afschrift.ts), and that is said instead of asking to set the tablet up as if it were new. The mark lies in another store of the browser.

import { useEffect } from 'react'
import { kern } from '../kern'
import type { Slotstand } from '../kern/contract'
import { Alinea, Kader } from '../onderdelen/Kader'

const MERK = 'veldwacht-ingericht'

/** Remembers that this tablet was opened; wiping takes the mark along, since it empties that store as well. */
export function useMerk(stand: Slotstand): void {
  useEffect(() => {
    if (stand === 'open') localStorage.setItem(MERK, 'ja')
  }, [stand])
}

/** For a screen that stands only when there is nothing on this tablet to open. */
export function OpslagWeg() {
  const { leeggemaakt } = kern.useSlot()
  // Emptied by choice: nothing was lost without a word. The mark may stand there still, when the browser was killed soon after.
  if (leeggemaakt || localStorage.getItem(MERK) === null) return null
  return (
    <Kader titel="De opslag van deze tablet is leeg">
      <Alinea>
        Hier is eerder gewerkt. Wat was verstuurd, is veilig. Van antwoorden en meldingen die nog moesten gaan, houdt de
        tablet een tweede kopie bij: die wordt vanzelf verstuurd. Foto’s die nog niet waren verstuurd, staan er niet
        meer. Bel uw teamleider: die ziet wat er nog niet was aangekomen.
      </Alinea>
    </Kader>
  )
}
