// One control from the first question to outside again: which screen stands now follows from what is recorded, so that a killed
// browser comes back where it was.

import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { kern } from '../../kern'
import { Pagina } from '../../onderdelen/Pagina'
import { plekVan } from '../dag/stand'
import { AcuutAntwoord } from './AcuutAntwoord'
import { Buiten } from './Buiten'
import './controle.css'
import { Gestopt } from './Gestopt'
import { useGegevens } from './gegevens'
import type { Item } from './items'
import { Lijst } from './Lijst'
import { Poging } from './Poging'
import { jumpTo } from './Springbalk'
import { useTikken } from './tikken'
import { Vertrekken } from './Vertrekken'

type Weergave = 'lijst' | 'vertrekken' | 'poging'
const NIETS: readonly string[] = []
const VANDAAG = { naar: '/', tekst: 'Vandaag' }

export function Controle({ controleId }: { controleId: string }) {
  const stand = kern.useControle(controleId)
  const [gekozen, setGekozen] = useState(NIETS)
  const [weergave, setWeergave] = useState<Weergave>('lijst')
  const gegevens = useGegevens(stand, gekozen)
  const tikken = useTikken(controleId, gegevens)
  const more = useCallback((codes: string[]) => setGekozen((nu) => [...nu, ...codes]), [])

  const plek = useRef(0)
  /** Another view begins at its top; back in the list one is where one was. */
  function show(nieuw: Weergave) {
    if (weergave === 'lijst') plek.current = window.scrollY
    setWeergave(nieuw)
    requestAnimationFrame(() => window.scrollTo(0, nieuw === 'lijst' ? plek.current : 0))
  }

  // The list closes under one's thumb, at its foot: what to do now stands at the top.
  const gesloten = stand !== null && (stand.sfeerovergangOp !== null || stand.vertrokkenOp !== null)
  useLayoutEffect(() => {
    if (gesloten) window.scrollTo(0, 0)
  }, [gesloten])

  function showQuestion(item: Item) {
    setWeergave('lijst')
    requestAnimationFrame(() => requestAnimationFrame(() => jumpTo(`vraag-${item.code}`)))
  }

  if (stand === null) return <Melding titel="Controle">Deze controle staat niet op deze tablet.</Melding>
  if (stand.pogingOp !== null) {
    return <Melding titel="Poging vastgelegd">Het adres komt terug op een ander deel van de dag.</Melding>
  }
  if (stand.gestartOp === null && stand.status !== 'bezig' && stand.vertrokkenOp === null) {
    return <NogNiet controleId={controleId} />
  }
  if (gegevens === null) return <Melding titel="Controle">De lijst wordt geopend.</Melding>
  const acuut = tikken.acuut && (
    <AcuutAntwoord controleId={controleId} acuut={tikken.acuut} nietBewaard={tikken.fout} onSluit={tikken.closeAcuut} />
  )
  const fout = tikken.fout && (
    <p role="alert" className="vw-fout">
      {tikken.fout}
    </p>
  )
  if (stand.vertrokkenOp !== null) {
    return (
      <>
        {fout}
        <Buiten gegevens={gegevens} tikken={tikken} />
        {acuut}
      </>
    )
  }
  if (weergave === 'vertrekken') {
    return (
      <>
        {fout}
        <Vertrekken gegevens={gegevens} tikken={tikken} onVraag={showQuestion} onTerug={() => show('lijst')} />
      </>
    )
  }
  if (stand.sfeerovergangOp !== null) {
    return (
      <>
        {fout}
        <Gestopt controleId={controleId} gegevens={gegevens} tikken={tikken} onVertrek={() => show('vertrekken')} />
        {acuut}
      </>
    )
  }
  if (weergave === 'poging') {
    return (
      <>
        {fout}
        <Poging
          plek={plekVan(stand).naam}
          onReden={(reden) => tikken.record('poging', { reden })}
          terug="Terug naar de lijst"
          onTerug={() => show('lijst')}
        />
      </>
    )
  }
  return (
    <Pagina titel={plekVan(stand).naam} venster="Lijst" terug={VANDAAG}>
      {fout}
      <Lijst
        controleId={controleId}
        gegevens={gegevens}
        tikken={tikken}
        onMeer={more}
        onVertrek={() => show('vertrekken')}
        onPoging={() => show('poging')}
      />
      {acuut}
    </Pagina>
  )
}

/** 'Niemand doet open', from the screen on which a control is started. */
export function Gesloten({ controleId }: { controleId: string }) {
  const stand = kern.useControle(controleId)
  const tikken = useTikken(controleId, null)
  const [, ga] = useLocation()
  if (stand === null || stand.pogingOp !== null || stand.vertrokkenOp !== null)
    return <Controle controleId={controleId} />
  return (
    <>
      {tikken.fout && (
        <p role="alert" className="vw-fout">
          {tikken.fout}
        </p>
      )}
      <Poging
        plek={plekVan(stand).naam}
        onReden={(reden) => tikken.record('poging', { reden })}
        terug="Terug"
        onTerug={() => ga(`/start/${controleId}`)}
      />
    </>
  )
}

function NogNiet({ controleId }: { controleId: string }) {
  return (
    <Pagina titel="Nog niet begonnen">
      <p>Deze controle is op deze tablet nog niet begonnen.</p>
      <Link href={`/start/${controleId}`} className="ams-button ams-button--primary vw-knop">
        Beginnen
      </Link>
    </Pagina>
  )
}

function Melding({ titel, children }: { titel: string; children: string }) {
  return (
    <Pagina titel={titel}>
      <p role="status">{children}</p>
      <Link href="/" className="ams-button ams-button--secondary vw-knop">
        Naar Vandaag
      </Link>
    </Pagina>
  )
}
