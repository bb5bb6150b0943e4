// Telephone numbers, and behind a neutral tap the cards to look things up in (INS-10); both without network.

import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Belknop, Kader, Kolom, Opent } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { OBJECTTYPEN } from '../woorden'
import { nummersVan } from './nummers'

type Kaarten = Vorm<'SignaalkaartenRead'>
type Objecttype = keyof typeof OBJECTTYPEN

/** `type` when the cards are asked for at one place; otherwise what shows anywhere. */
export function Telefoonkaart({ type }: { type?: string }) {
  const { pakket } = kern.useWerkpakket()
  return (
    <Pagina titel={type ? 'Naslag' : 'Nummers en naslag'} terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        <ul className="vw-lijst">
          {nummersVan(pakket).map((contact) => (
            <li key={`${contact.naam} ${contact.nummer}`}>
              <Belknop naam={contact.naam} nummer={contact.nummer} />
            </li>
          ))}
        </ul>
        <Naslag {...(type && type in OBJECTTYPEN ? { type: type as Objecttype } : {})} />
      </Kolom>
    </Pagina>
  )
}

function Naslag({ type }: { type?: Objecttype }) {
  const kaarten = kern.useNaslag<Kaarten>('/veldkaarten').inhoud
  if (kaarten === null) {
    return <Alinea klein>De naslag staat nog niet op deze tablet. Zoek netwerk.</Alinea>
  }
  return (
    <Opent titel={type ? `Naslag: ${OBJECTTYPEN[type]}` : 'Naslag'}>
      <Kolom>
        <Kader titel="Wat u altijd doet" niveau={2}>
          <Punten regels={kaarten.handelen} />
        </Kader>
        {kaarten.kaarten.map((kaart) => {
          const bij = type ? (kaart.bij[type] ?? []) : []
          return (
            <Opent key={kaart.code} titel={kaart.titel}>
              <Kolom dicht>
                {bij.length > 0 && type && (
                  <>
                    <Alinea>
                      <strong>{OBJECTTYPEN[type]}</strong>
                    </Alinea>
                    <Punten regels={bij} />
                  </>
                )}
                <Alinea>
                  <strong>Herkennen</strong>
                </Alinea>
                <Punten regels={kaart.herkennen} />
                {kaart.handelen.length > 0 && (
                  <>
                    <Alinea>
                      <strong>Wat u doet</strong>
                    </Alinea>
                    <Punten regels={kaart.handelen} />
                  </>
                )}
              </Kolom>
            </Opent>
          )
        })}
      </Kolom>
    </Opent>
  )
}

function Punten({ regels }: { regels: readonly string[] }) {
  return (
    <ul>
      {regels.map((regel) => (
        <li key={regel}>{regel}</li>
      ))}
    </ul>
  )
}
