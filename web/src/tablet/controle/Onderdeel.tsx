// One list of the barrier model: its open questions, what is computed from them, and the rest behind one tap.

import { memo } from 'react'
import type { Blok } from './indeling'
import { inWords } from './indeling'
import { type Item, neutral } from './items'
import { type Omgeving, Vraag } from './Vraag'
import { isSameBlock, isSameCards, type Vraagkaart } from './vraagkaart'

interface Props {
  blok: Blok
  /** Of the questions of this part, in their order. */
  kaarten: readonly Vraagkaart[]
  omgeving: Omgeving
  onMeer: (codes: string[]) => void
}

export const Onderdeel = memo(function Onderdeel({ blok, kaarten, omgeving, onMeer }: Props) {
  return (
    <section className="vw-onderdeel" aria-labelledby={`kop-${blok.code}`} id={`deel-${blok.code}`} tabIndex={-1}>
      <h2 id={`kop-${blok.code}`} className="vw-onderdeel__kop">
        {blok.naam} <span className="vw-onderdeel__voortgang">{inWords(blok)}</span>
      </h2>
      {blok.dicht && <p className="vw-merk">{blok.dicht}</p>}
      {kaarten.map(({ uitkomst, ...kaart }) =>
        uitkomst !== null ? (
          <Berekend key={kaart.item.code} item={kaart.item} uitkomst={uitkomst} />
        ) : (
          <Vraag key={kaart.item.code} {...kaart} omgeving={omgeving} />
        ),
      )}
      {blok.meer.length > 0 && (
        <button
          type="button"
          className="ams-button ams-button--secondary vw-knop vw-meer"
          onClick={() => onMeer(blok.meer.map(({ code }) => code))}
        >
          Meer vragen bij {blok.naam.toLowerCase()} ({blok.meer.length})
        </button>
      )}
    </section>
  )
}, isSame)

/** A tap draws the part in which it was done, and another one only when it changes something there. */
function isSame(eerst: Props, nu: Props): boolean {
  return (
    eerst.omgeving === nu.omgeving &&
    eerst.onMeer === nu.onMeer &&
    isSameBlock(eerst.blok, nu.blok) &&
    isSameCards(eerst.kaarten, nu.kaarten)
  )
}

const Berekend = memo(function Berekend({ item, uitkomst }: { item: Item; uitkomst: string }) {
  return (
    <div className="vw-vraag vw-vraag--berekend" id={`vraag-${item.code}`}>
      <h3 className="vw-vraag__tekst">{neutral(item.vraag)}</h3>
      <p className="vw-berekend">{uitkomst}</p>
      <p className="vw-merk">Berekend uit uw antwoorden.</p>
    </div>
  )
})
