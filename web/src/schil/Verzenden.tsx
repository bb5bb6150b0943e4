// What this tablet sends: per record its state in the words of the kernel, why it needs attention, and a way to take it along as a file.

import { useState } from 'react'
import { kern } from '../kern'
import type { Foto, Zending } from '../kern/contract'
import { useHandeling } from '../onderdelen/handeling'
import { Alinea, Kader, Knop, Kolom } from '../onderdelen/Kader'
import { Pagina } from '../onderdelen/Pagina'
import { Miniatuur } from '../tablet/controle/foto/Fotos'
import { neutral } from '../tablet/controle/items'
import { withoutRule } from '../tablet/dag/pakket'
import { soortnaam, tijdstip } from './woorden'
import { zendregel } from './zendregel'

const TEGELIJK = 50
const GEEN_VERSIES: Record<string, number> = {}

export function Verzenden() {
  const bericht = kern.useZendbericht()
  const alle = kern.useUitbak()
  const fotos = kern.useFotos()
  const [hoeveel, setHoeveel] = useState(TEGELIJK)
  const { bezig, fout, doe } = useHandeling()
  const aandacht = alle.filter((zending) => zending.stand === 'vraagt aandacht')
  const rest = alle.filter((zending) => zending.stand !== 'vraagt aandacht' && zending.stand !== 'aangekomen')
  const klaar = alle.filter((zending) => zending.stand === 'aangekomen')
  return (
    <Pagina titel="Verzenden" terug={{ naar: '/', tekst: 'Vandaag' }}>
      <Kolom>
        <Kader>
          {zendregel(bericht, 'open').map((regel) => (
            <Alinea key={regel}>{regel}</Alinea>
          ))}
          {bericht.laatstGelukt && <Alinea klein>Laatst gelukt: {tijdstip(bericht.laatstGelukt)}</Alinea>}
        </Kader>
        <Knop breed disabled={bezig || !bericht.online} onClick={() => doe(() => kern.sendNow())}>
          Verstuur nu
        </Knop>
        <div role="status">{fout && <Alinea>{fout}</Alinea>}</div>
        <Lijst titel="Vraagt aandacht" zendingen={aandacht} />
        <Geweigerd fotos={fotos.filter((foto) => foto.stand === 'vraagt aandacht')} />
        <Lijst titel="Wacht" zendingen={rest.slice(0, hoeveel)} />
        <Lijst titel="Aangekomen" zendingen={klaar.slice(-hoeveel).reverse()} />
        {Math.max(rest.length, klaar.length) > hoeveel && (
          <Knop onClick={() => setHoeveel(hoeveel + TEGELIJK)}>Laat meer zien</Knop>
        )}
      </Kolom>
    </Pagina>
  )
}

/** A photo that the service does not take stays here, says why, and can be thrown away. */
function Geweigerd({ fotos }: { fotos: Foto[] }) {
  if (fotos.length === 0) return null
  return (
    <Kader titel="Foto’s die niet zijn aangenomen" stil>
      <ul className="vw-fotos__lijst">
        {fotos.map((foto, plaats) => (
          <Miniatuur key={foto.id} foto={foto} nummer={plaats + 1} onWeg={() => kern.removeFoto(foto.id)} />
        ))}
      </ul>
    </Kader>
  )
}

function Lijst({ titel, zendingen }: { titel: string; zendingen: Zending[] }) {
  if (zendingen.length === 0) return null
  return (
    <Kader titel={titel} stil>
      <ul className="vw-lijst">
        {zendingen.map((zending) => (
          <Regel key={zending.gebeurtenisId} zending={zending} />
        ))}
      </ul>
    </Kader>
  )
}

function Regel({ zending }: { zending: Zending }) {
  const { bezig, fout, doe } = useHandeling()
  const stand =
    zending.fotosTeGaan > 0 && zending.stand === 'wacht op foto’s'
      ? `wacht op ${zending.fotosTeGaan} ${zending.fotosTeGaan === 1 ? 'foto' : 'foto’s'}`
      : zending.stand
  const oordelen = zending.oordelen.filter((oordeel) => oordeel.reden)
  const vraagVan = useVragen(zending)
  return (
    <li>
      <Alinea>
        <strong>{soortnaam(zending.soort)}</strong>, {tijdstip(zending.opgenomenOp)}: {stand}
      </Alinea>
      {zending.reden && <Alinea>{zending.reden}</Alinea>}
      {oordelen.map((oordeel) => (
        <Alinea key={`${oordeel.item}-${oordeel.reden}`} klein>
          {vraagVan(oordeel.item)}
          {neutral(oordeel.reden ?? '')}
        </Alinea>
      ))}
      {zending.stand === 'vraagt aandacht' && (
        <Knop disabled={bezig} onClick={() => doe(() => bewaarAlsBestand(zending.gebeurtenisId))}>
          Bewaar als bestand
        </Knop>
      )}
      {fout && <Alinea>{fout}</Alinea>}
    </li>
  )
}

/** The question that a verdict is about, in its own words: a code says nothing to who has to do something about it. */
function useVragen({ controleId }: Zending): (code: string) => string {
  const stand = kern.useControle(controleId ?? '')
  const lijsten = kern.useChecklists(withoutRule(stand?.lijstversies ?? GEEN_VERSIES))
  return (code) => {
    const vraag = lijsten?.flatMap(({ items }) => items).find((item) => item.code === code)?.vraag
    return vraag === undefined ? '' : `${neutral(vraag)} `
  }
}

async function bewaarAlsBestand(gebeurtenisId: string): Promise<void> {
  const adres = URL.createObjectURL(await kern.exportZending(gebeurtenisId))
  const link = document.createElement('a')
  link.href = adres
  link.download = `veldwacht-${gebeurtenisId}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(adres), 60_000)
}
