// Integral actions: before the briefing only the time and the meeting point; the addresses come by themselves after it (PLN-18).

import { useEffect } from 'react'
import type { Werkpakket } from '../../kern/contract'
import { Alinea, Feiten, Kader, Knop } from '../../onderdelen/Kader'
import { klokMetDag, klokVanMinuut } from '../tijden'

interface Eigenschappen {
  pakket: Werkpakket | null
  nu: Date
  ververs: () => Promise<void>
  titel?: string
}

export function Acties({ pakket, nu, ververs, titel = 'Actie met partners' }: Eigenschappen) {
  const acties = pakket?.acties ?? []
  const adressen = pakket?.controles.some((controle) => controle.integraal) ?? false
  const wachtOp = acties
    .map((actie) => actie.adressenVanaf)
    .filter((moment): moment is string => moment !== null && Date.parse(moment) > nu.getTime())
    .sort()[0]

  useEffect(() => {
    if (wachtOp === undefined) return
    const over = Date.parse(wachtOp) - Date.now() + 1000
    // Longer than a timer can count: the day is fetched again before that anyway.
    if (over > 2_000_000_000) return
    const wekker = setTimeout(() => void ververs(), Math.max(0, over))
    return () => clearTimeout(wekker)
  }, [wachtOp, ververs])

  // A timer that slept with the tablet never rings: what may be seen by now is asked for as soon as somebody looks.
  const magNu = acties.some(({ adressenVanaf }) => adressenVanaf !== null && Date.parse(adressenVanaf) <= nu.getTime())
  useEffect(() => {
    if (magNu && !adressen) void ververs()
  }, [magNu, adressen, ververs])

  return acties.map((actie) => {
    const later = actie.adressenVanaf !== null && Date.parse(actie.adressenVanaf) > nu.getTime()
    return (
      <Kader key={actie.id} titel={titel}>
        <Feiten
          regels={[
            ['Begint', actie.aanvang === null ? 'Tijd volgt' : klokVanMinuut(actie.aanvang)],
            ['Verzamelen', actie.verzamelpunt],
            ['Aanspreekpunt', actie.aanspreekpunt],
          ]}
        />
        {later && actie.adressenVanaf !== null && (
          <Alinea>De adressen ziet u vanaf {klokMetDag(actie.adressenVanaf, nu)}.</Alinea>
        )}
        {!later && adressen && <Alinea>De adressen staan in de lijst.</Alinea>}
        {!later && !adressen && <Knop onClick={() => void ververs()}>Haal de adressen op</Knop>}
      </Kader>
    )
  })
}
