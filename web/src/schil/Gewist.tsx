// A wipe order was carried out.

import { Alinea, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { AANMELDEN } from './Aanmelden'

export function Gewist() {
  return (
    <Pagina titel="Deze tablet is gewist">
      <Kolom>
        <Alinea>
          De gemeente vroeg om deze tablet leeg te maken. Wat nog niet was verstuurd, is eerst verstuurd voor zover dat
          kon. Er staat geen werk meer op.
        </Alinea>
        <Alinea>Klopt dit niet? Bel uw teamleider.</Alinea>
        <a className="ams-button ams-button--secondary vw-knop vw-knop--breed" href={AANMELDEN}>
          Opnieuw aanmelden
        </a>
      </Kolom>
    </Pagina>
  )
}
