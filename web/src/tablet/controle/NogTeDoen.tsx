// Outside, and the control is not done yet: what is still to be done, in words, with the questions at hand (CAD-03).
//
// The tap 'wij zijn vertrokken' stands whatever this says; it is applied with its own time once the last question is answered.

import { useMemo } from 'react'
import { uncountedLabourCore } from '../../regels/arbeid.mjs'
import type { Gegevens } from './gegevens'
import { isHeldBack, labourToDo } from './indeling'
import type { Tikken } from './tikken'
import { type Omgeving, Vraag } from './Vraag'

export function NogTeDoen({ gegevens, tikken }: { gegevens: Gegevens; tikken: Tikken }) {
  const { stand, lijsten, objecttype, beoordeling, toegang, streng, vrij } = gegevens
  const { answer } = tikken
  const omgeving = useMemo<Omgeving>(
    () => ({ controleId: stand.controleId, rekenregel: lijsten.rekenregel, streng, vrij, answer }),
    [stand.controleId, lijsten, streng, vrij, answer],
  )
  const vragen = labourToDo(lijsten, objecttype, stand, beoordeling, toegang)
  if (vragen.length > 0) {
    return (
      <section className="vw-bericht" aria-labelledby="kop-tedoen">
        <h2 id="kop-tedoen">Nog te doen: vragen over arbeid</h2>
        <p>
          Uw vertrek is bewaard. Deze integrale controle is klaar als u de vragen hieronder invult. Weet u het niet?
          Kies ‘niet vastgesteld’.
        </p>
        {vragen.map((item) => (
          <Vraag
            key={item.code}
            item={item}
            waarde={stand.antwoorden[item.code]}
            omgeving={omgeving}
            vooringevuld={false}
            andereTablet={stand.vanAndereTablet.has(item.code)}
            verschilt={stand.verschilt.has(item.code)}
            elders={stand.beantwoordElders.has(item.code)}
            opmerking={null}
            reden={stand.filterredenen[item.code]}
          />
        ))}
      </section>
    )
  }
  if (isHeldBack(stand) && stand.status === 'bezig') {
    return <p role="status">De controle is klaar zodra uw laatste antwoord is aangekomen. Dat gaat vanzelf.</p>
  }
  if (isHeldBack(stand)) {
    return (
      <section className="vw-bericht" aria-labelledby="kop-tedoen">
        <h2 id="kop-tedoen">Kantoor moet nog iets aanvullen</h2>
        <p>
          Uw vertrek en alle antwoorden zijn bewaard. Er ontbreekt nog iets van het begin van deze controle. De
          teamleider krijgt daar bericht van. U hoeft niets opnieuw in te vullen.
        </p>
      </section>
    )
  }
  return <TeltNiet gegevens={gegevens} />
}

/** Done, and not counted: only where every answer on which that hangs is still on this tablet. */
function TeltNiet({ gegevens: { stand, lijsten, objecttype, beoordeling } }: { gegevens: Gegevens }) {
  const gestopt = stand.sfeerovergangOp !== null
  const open = uncountedLabourCore(lijsten.catalogus, { ...beoordeling, objecttype })
  const telt = open.every((code) => stand.beantwoordElders.has(code))
  if (!stand.pakket?.integraal || (telt && !gestopt)) return null
  return (
    <p>
      {gestopt
        ? 'De lijst is gesloten. Deze controle telt niet mee als integrale controle. U hoeft niets meer te doen.'
        : 'Bij een of meer vragen over arbeid staat ‘niet vastgesteld’. De controle is klaar, maar telt niet mee als integrale controle.'}
    </p>
  )
}
