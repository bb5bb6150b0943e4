// Settings of this device: letters, contrast, hand, messages, the lock, signing out.

import { kern } from '../kern'
import { Alinea, Kader, Knop, KnopLink, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Keuzetegels } from '../onderdelen/Velden'
import { among, CONTRASTEN, changeWeergave, HANDEN, LETTERS, useWeergave } from './instellingen'
import { Opslagbelofte } from './Opslagbelofte'
import { Wekken } from './Wekken'

const CONTRASTNAMEN = {
  apparaat: 'Zoals de tablet',
  licht: 'Licht',
  donker: 'Donker',
  zon: 'Felle zon',
}

export function Instellingen() {
  const weergave = useWeergave()
  return (
    <Pagina titel="Instellingen" terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        <Keuzetegels
          smal
          vraag="Grootte van de letters"
          keuzes={LETTERS.map((code) => ({ code, tekst: `${code} %` }))}
          waarde={weergave.letters}
          onKies={(code) => changeWeergave({ letters: among(LETTERS, code, '100') })}
        />
        <Keuzetegels
          smal
          vraag="Kleuren"
          keuzes={CONTRASTEN.map((code) => ({ code, tekst: CONTRASTNAMEN[code] }))}
          waarde={weergave.contrast}
          onKies={(code) => changeWeergave({ contrast: among(CONTRASTEN, code, 'apparaat') })}
        />
        <Keuzetegels
          smal
          vraag="Met welke hand bedient u de tablet?"
          keuzes={[
            { code: 'rechts', tekst: 'Rechts' },
            { code: 'links', tekst: 'Links' },
          ]}
          waarde={weergave.hand}
          onKies={(code) => changeWeergave({ hand: among(HANDEN, code, 'rechts') })}
        />
        <Wekken />
        <Kader titel="Deze tablet" stil>
          <Alinea>
            Veeg naar links, tik op Vergunning of druk op F9: dan ziet iedereen alleen de vergunning van dit adres.
          </Alinea>
          <Opslagbelofte />
          <Knop breed onClick={() => kern.lock()}>
            Vergrendel nu
          </Knop>
          <KnopLink breed naar="/afmelden">
            Afmelden
          </KnopLink>
        </Kader>
      </Kolom>
    </Pagina>
  )
}
