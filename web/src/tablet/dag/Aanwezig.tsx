// Who is inside, and the clock of checking out; a check-out that does not come alarms the team leader (PLN-02).

import { useState } from 'react'
import { kern } from '../../kern'
import { Alinea, Bericht, Kader, Knop, KnopLink, Kolom } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { klok } from '../tijden'
import { hoofdletter } from '../woorden'
import { collegasVan, functieVan } from './collegas'
import { plekVan, uitcheckklok } from './stand'
import { useNu } from './useNu'

const TERUG = { naar: '/', tekst: 'Vandaag' }

export function Aanwezig({ id }: { id: string }) {
  const nu = useNu()
  const { sessie } = kern.useSlot()
  const stand = kern.useControle(id)
  const { pakket } = kern.useWerkpakket()
  const [fout, setFout] = useState(false)

  if (stand === null || stand.gestartOp === null) {
    return (
      <Pagina titel="In en uit" terug={TERUG}>
        <Alinea>Deze controle is niet bezig.</Alinea>
      </Pagina>
    )
  }
  const uitcheck = uitcheckklok(stand, nu, pakket?.gemeenten[0]?.uitcheckenMin ?? null)
  const ik = sessie?.accountId ?? ''
  const mensen = [ik, ...collegasVan(pakket, sessie).map((collega) => collega.code)].filter(Boolean)

  async function leg(soort: 'ingecheckt' | 'uitgecheckt', toezichthouders: string[]) {
    try {
      await kern.record({ controleId: id, soort, inhoud: { toezichthouders } })
      setFout(false)
    } catch {
      setFout(true)
    }
  }

  return (
    <Pagina titel="In en uit" terug={TERUG}>
      <Kolom>
        <Alinea>
          <strong>{plekVan(stand).naam}</strong>
        </Alinea>
        <Uitchecktijd uitcheck={uitcheck} binnen={stand.ingecheckt.size} />
        {fout && <Bericht titel="Dit is niet opgeslagen. Probeer het nog een keer." />}
        {stand.ingecheckt.size > 0 && (
          <Knop soort="primary" breed onClick={() => void leg('uitgecheckt', [])}>
            Iedereen is buiten
          </Knop>
        )}
        <ul className="vw-lijst">
          {mensen.map((account) => {
            const binnen = stand.ingecheckt.has(account)
            const functie = functieVan(pakket, sessie, account)
            return (
              <li key={account} className="vw-rij vw-rij--uit vw-kader vw-kader--stil">
                <span>
                  <strong>{functie}</strong>
                  <br />
                  {binnen ? 'Is binnen' : 'Is niet binnen'}
                </span>
                <Knop
                  onClick={() => void leg(binnen ? 'uitgecheckt' : 'ingecheckt', [account])}
                  aria-label={binnen ? `${functie} gaat naar buiten` : `${functie} gaat naar binnen`}
                >
                  {binnen ? 'Gaat naar buiten' : 'Gaat naar binnen'}
                </Knop>
              </li>
            )
          })}
        </ul>
        <KnopLink naar={`/controle/${id}`} breed>
          Terug naar de vragen
        </KnopLink>
      </Kolom>
    </Pagina>
  )
}

function Uitchecktijd({ uitcheck, binnen }: { uitcheck: ReturnType<typeof uitcheckklok>; binnen: number }) {
  if (binnen === 0) return <Alinea>Er is nu niemand binnen.</Alinea>
  if (uitcheck === null) return <Alinea>{binnen} binnen.</Alinea>
  return (
    <Kader>
      <p className="vw-groot">
        <strong>{hoofdletter(uitcheck.tekst)}</strong>
      </p>
      <Alinea>
        {binnen} binnen. Check uit vóór {klok(uitcheck.voor)}.{' '}
        {uitcheck.telaat ? 'De teamleider krijgt bericht.' : 'Anders krijgt de teamleider bericht.'}
      </Alinea>
    </Kader>
  )
}
