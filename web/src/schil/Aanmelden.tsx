// Nobody is signed in on this tablet.

import { Alinea, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { useOnline } from './online'
import { OpslagWeg } from './opslagweg'

export const AANMELDEN = '/aanmelden?naar=/app/'

export function Aanmelden() {
  const online = useOnline()
  return (
    <Pagina titel="Meld u aan">
      <Kolom>
        <OpslagWeg />
        <Alinea>U meldt zich aan bij de gemeente. Daarna staat uw werk op deze tablet, ook zonder netwerk.</Alinea>
        {online ? (
          <a className="ams-button ams-button--primary vw-knop vw-knop--breed" href={AANMELDEN}>
            Aanmelden
          </a>
        ) : (
          <Alinea>Er is nu geen netwerk. Zoek netwerk om u aan te melden. Acuut werkt wel.</Alinea>
        )}
      </Kolom>
    </Pagina>
  )
}
