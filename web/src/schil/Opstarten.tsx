// The app begins, or cannot: a store that does not open is never taken for a tablet that is new.

import { useEffect, useState } from 'react'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'

/** Milliseconds; a slow tablet opens in one second. */
const LANG = 8000

const opnieuw = () => window.location.assign('/app/')

/** Nothing is known yet. Opening can hang without a fault: on another tab, or on a browser that is busy with its files. */
export function Opstarten() {
  const [lang, setLang] = useState(false)
  useEffect(() => {
    const klok = setTimeout(() => setLang(true), LANG)
    return () => clearTimeout(klok)
  }, [])
  return (
    <Pagina titel="Veldwacht">
      <Kolom>
        <Alinea>Even geduld.</Alinea>
        <div role="status">
          {lang && (
            <Kader titel="Het openen duurt lang">
              <Kolom>
                <Alinea>Is Veldwacht nog ergens anders open op deze tablet? Sluit dat.</Alinea>
                <Alinea>Wat u eerder invulde, blijft staan.</Alinea>
                <Knop soort="primary" breed onClick={opnieuw}>
                  Start de app opnieuw
                </Knop>
              </Kolom>
            </Kader>
          )}
        </div>
      </Kolom>
    </Pagina>
  )
}

/** The browser does not give what it keeps for us. */
export function Opslagdicht({ onNogEens }: { onNogEens: () => void }) {
  return (
    <Pagina titel="De opslag gaat niet open">
      <Kolom>
        <Alinea>Veldwacht kan nu niet bij wat op deze tablet staat. Wat u eerder invulde, blijft staan.</Alinea>
        <Knop soort="primary" breed onClick={onNogEens}>
          Probeer het opnieuw
        </Knop>
        <Knop breed onClick={opnieuw}>
          Start de app opnieuw
        </Knop>
        <Alinea>
          Helpt dat niet? Zet de tablet uit en weer aan. Wis geen gegevens van de browser en haal de app niet weg: dan
          is weg wat nog niet was verstuurd.
        </Alinea>
        <Alinea klein>Blijft dit zo? Bel uw teamleider. Is er gevaar? Bel 112.</Alinea>
      </Kolom>
    </Pagina>
  )
}
