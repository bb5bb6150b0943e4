// Said after something was recorded: it is on this tablet, and goes by itself.

import { kern } from '../../kern'
import { Alinea, Bericht, KnopLink, Rij } from '../../onderdelen/Kader'

export function Klaar({ titel, children }: { titel: string; children?: React.ReactNode }) {
  const { online } = kern.useZendbericht()
  return (
    <Bericht titel={titel}>
      <Alinea>
        {online
          ? 'Het staat op deze tablet. De tablet verstuurt het nu.'
          : 'Het staat op deze tablet. De tablet verstuurt het vanzelf als er netwerk is.'}
      </Alinea>
      {children}
      <Rij>
        <KnopLink naar="/" soort="primary">
          Naar Vandaag
        </KnopLink>
      </Rij>
    </Bericht>
  )
}
