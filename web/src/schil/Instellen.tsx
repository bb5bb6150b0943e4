// Sets the device up: what is on it opens with the key of the device or, where there is none, with a PIN (design section 7).

import { kern } from '../kern'
import { useHandeling } from '../onderdelen/handeling'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { OpslagWeg } from './opslagweg'
import { Nieuwepin } from './Pinveld'

export function Instellen() {
  const { ontgrendelen } = kern.useSlot()
  const { bezig, fout, doe } = useHandeling()
  const sleutel = ontgrendelen.includes('sleutel')
  return (
    <Pagina titel="Stel deze tablet in">
      <Kolom>
        <OpslagWeg />
        <Alinea>Uw werk staat versleuteld op deze tablet. Kies hoe u het opent.</Alinea>
        {sleutel && (
          <Kader titel="Vinger, gezicht of code van de tablet">
            <Alinea>Dit werkt ook zonder netwerk.</Alinea>
            <Knop soort="primary" breed disabled={bezig} onClick={() => doe(() => kern.setUpWithKey())}>
              Stel in met vinger of gezicht
            </Knop>
          </Kader>
        )}
        {ontgrendelen.includes('pincode') && (
          <Kader titel="Een eigen pincode" stil={sleutel}>
            <Alinea>Met een pincode kunt u alleen openen als er netwerk is. Acuut werkt altijd.</Alinea>
            <Nieuwepin bezig={bezig} onKies={(pin) => doe(() => kern.setUpWithPin(pin))} />
          </Kader>
        )}
        <p role="status" className="vw-alinea">
          {fout}
        </p>
      </Kolom>
    </Pagina>
  )
}
