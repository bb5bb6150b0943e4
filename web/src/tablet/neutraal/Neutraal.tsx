// The page that anybody may see: the permit of the place, nothing else (PLN-19). No way back by accident: it takes a long press.

import { Heading } from '@amsterdam/design-system-react'
import { useEffect, useRef, useState } from 'react'
import { kern } from '../../kern'
import { Alinea, Feiten, Kader, Kolom } from '../../onderdelen/Kader'
import { useModaal } from '../../onderdelen/overheen'
import { Acuut } from '../acuut/Acuut'
import { useHuidigeControle } from '../huidig'
import { deur, plaats, VERGUNNINGEN } from '../woorden'
import './neutraal.css'

const VASTHOUDEN_MS = 1500

export function Neutraal({ onTerug }: { onTerug: () => void }) {
  const plek = kern.useControle(useHuidigeControle() ?? '')?.pakket?.object ?? null
  const venster = useRef<HTMLDialogElement>(null)
  useModaal(venster)
  // Also over an open question or the camera; the key that closes a dialog does not close this one.
  return (
    <dialog
      ref={venster}
      className="vw-neutraal"
      aria-labelledby="vw-neutraal-kop"
      onCancel={(event) => event.preventDefault()}
      onClose={() => venster.current?.showModal()}
      {...{ closedby: 'none' }}
    >
      <Kolom>
        <Heading level={1} id="vw-neutraal-kop">
          Vergunning
        </Heading>
        {plek === null ? (
          <Alinea>Gemeentelijk toezicht op vergunningen.</Alinea>
        ) : (
          <>
            <Feiten
              regels={[
                ['Naam', plek.naam],
                ['Adres', deur(plek.adres)],
                ['Plaats', plaats(plek.adres)],
              ]}
            />
            {plek.vergunningen.length === 0 && <Alinea>Voor deze plek is geen vergunning bekend.</Alinea>}
            {plek.vergunningen.map((vergunning) => (
              <Kader key={`${vergunning.soort}-${vergunning.nummer}`} stil>
                <Feiten
                  regels={[
                    ['Vergunning', VERGUNNINGEN[vergunning.soort]],
                    ['Nummer', vergunning.nummer],
                    ['Geldig vanaf', datum(vergunning.geldigVanaf)],
                    ['Geldig tot en met', vergunning.geldigTot ? datum(vergunning.geldigTot) : ''],
                  ]}
                />
              </Kader>
            ))}
          </>
        )}
        <Vasthouden onKlaar={onTerug} />
      </Kolom>
      <div className="vw-neutraal-voet">
        <Acuut />
      </div>
    </dialog>
  )
}

const datum = (dag: string): string => dag.split('-').reverse().join('-')

/** Goes on after one and a half seconds of pressing, by finger or by key; a tap does nothing. */
function Vasthouden({ onKlaar }: { onKlaar: () => void }) {
  const [bezig, setBezig] = useState(false)
  const klaar = useRef(onKlaar)
  klaar.current = onKlaar
  useEffect(() => {
    if (!bezig) return
    const wekker = setTimeout(() => klaar.current(), VASTHOUDEN_MS)
    return () => clearTimeout(wekker)
  }, [bezig])
  const stop = () => setBezig(false)
  return (
    <button
      type="button"
      className={bezig ? 'vw-vasthouden vw-vasthouden--bezig' : 'vw-vasthouden'}
      onPointerDown={() => setBezig(true)}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onBlur={stop}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && setBezig(true)}
      onKeyUp={stop}
    >
      Houd vast om verder te gaan
    </button>
  )
}
