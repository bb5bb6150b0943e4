// The map of the day with its list; the own position is shown only after a tap, kept nowhere and sent to nobody.

import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import { Alinea, Bericht, Kader, Knop, KnopLink, Kolom, Rij } from '../../onderdelen/Kader'
import { Pagina } from '../../onderdelen/Pagina'
import { plekVan, standInWoorden } from '../dag/stand'
import { deelIn, vanDeDag } from '../dag/volgorde'
import type { Positie } from '../positie'
import { datumVan } from '../tijden'
import { afstand, afstandTekst, type Gebieden, kaartpunten } from './kaartpunten'

const Landkaart = lazy(() => import('./Landkaart'))

export function Plattegrond() {
  const vandaag = datumVan(new Date(kern.now()))
  const standen = kern.useControles()
  const { pakket } = kern.useWerkpakket(vandaag)
  const hand = kern.useConcept<string[]>(`volgorde ${vandaag}`)
  const { online } = kern.useZendbericht()
  const gebieden = kern.useNaslag<Gebieden>('/gebieden/kaart').inhoud
  const achtergrond = kern.useNaslag<Vorm<'AchtergrondkaartRead'>>('/achtergrondkaart').inhoud
  const [gekozen, setGekozen] = useState<string | null>(null)
  const [volgt, setVolgt] = useState(false)
  const { positie, geweigerd } = useWaarIkBen(volgt)

  const opVolgorde = useMemo(() => {
    const { bezig, teDoen, klaar } = deelIn(vanDeDag(standen, pakket, vandaag), hand.waarde)
    return [...bezig, ...teDoen, ...klaar]
  }, [standen, pakket, vandaag, hand.waarde])
  const punten = useMemo(() => kaartpunten(opVolgorde), [opVolgorde])
  const kies = useCallback((id: string) => setGekozen(id), [])
  const gekozenStand = opVolgorde.find((stand) => stand.controleId === gekozen)
  // Without network no tile comes: only the own areas then.
  const tegels = online && achtergrond?.aan ? achtergrond : null

  return (
    <Pagina titel="Plattegrond" terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        <Suspense fallback={<div className="vw-landkaart" aria-busy="true" />}>
          <Landkaart punten={punten} gebieden={gebieden} achtergrond={tegels} positie={positie} onKies={kies} />
        </Suspense>
        {gekozenStand && (
          <Kader titel={plekVan(gekozenStand).naam}>
            <Alinea>{plekVan(gekozenStand).regel}</Alinea>
            <Alinea>{standInWoorden(gekozenStand)}</Alinea>
            <Rij>
              <KnopLink naar={`/object/${gekozenStand.controleId}`} soort="primary">
                Over deze plek
              </KnopLink>
              <Knop onClick={() => setGekozen(null)}>Sluiten</Knop>
            </Rij>
          </Kader>
        )}
        <Rij>
          <Knop onClick={() => setVolgt(!volgt)} aria-pressed={volgt}>
            {volgt ? 'Verberg waar ik ben' : 'Toon waar ik ben'}
          </Knop>
          <Alinea klein>Waar u bent, blijft op dit scherm. Het wordt niet bewaard en niet verstuurd.</Alinea>
        </Rij>
        {geweigerd && <Bericht titel="De tablet geeft niet door waar u bent" />}
        {!online && <Alinea klein>Zonder netwerk ziet u alleen de gebieden van de gemeente.</Alinea>}
        <ol className="vw-lijst">
          {punten.map((punt) => (
            <li key={punt.id} className="vw-rij vw-rij--uit">
              <KnopLink naar={`/object/${punt.id}`} soort="tertiary">
                {punt.naam}
                {punt.klaar ? ' (klaar)' : ''}
              </KnopLink>
              {positie && <span>{afstandTekst(afstand(positie, punt))}</span>}
            </li>
          ))}
        </ol>
        {punten.length === 0 && <Alinea>Er zijn vandaag geen controles met een plek op de plattegrond.</Alinea>}
      </Kolom>
    </Pagina>
  )
}

/** Follows the device while the screen is open and the user wants it. */
function useWaarIkBen(aan: boolean): { positie: Positie | null; geweigerd: boolean } {
  const [positie, setPositie] = useState<Positie | null>(null)
  const [geweigerd, setGeweigerd] = useState(false)
  useEffect(() => {
    if (!aan || !('geolocation' in navigator)) return
    const wacht = navigator.geolocation.watchPosition(
      ({ coords }) => {
        setGeweigerd(false)
        setPositie({ lengte: coords.longitude, breedte: coords.latitude, nauwkeurig: Math.round(coords.accuracy) })
      },
      () => setGeweigerd(true),
      { enableHighAccuracy: true, maximumAge: 15_000 },
    )
    return () => {
      navigator.geolocation.clearWatch(wacht)
      setPositie(null)
      setGeweigerd(false)
    }
  }, [aan])
  return { positie, geweigerd }
}
