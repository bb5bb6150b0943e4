// One list of the barrier model: its open questions, what is computed from them, and the rest behind one tap.

import { memo } from 'react'
import type { Controlestand } from '../../kern/contract'
import type { Gegevens } from './gegevens'
import type { Blok } from './indeling'
import { inWords } from './indeling'
import { type Item, isComputed, KRAP, neutral } from './items'
import { type Omgeving, Vraag } from './Vraag'
import { label, number, spaceInWords } from './woorden'

interface Props {
  blok: Blok
  gegevens: Gegevens
  omgeving: Omgeving
  onMeer: (codes: string[]) => void
}

export const Onderdeel = memo(function Onderdeel({ blok, gegevens, omgeving, onMeer }: Props) {
  const { stand, beoordeling, norm } = gegevens
  return (
    <section className="vw-onderdeel" aria-labelledby={`kop-${blok.code}`} id={`deel-${blok.code}`} tabIndex={-1}>
      <h2 id={`kop-${blok.code}`} className="vw-onderdeel__kop">
        {blok.naam} <span className="vw-onderdeel__voortgang">{inWords(blok)}</span>
      </h2>
      {blok.dicht && <p className="vw-merk">{blok.dicht}</p>}
      {blok.vragen.map((item) =>
        isComputed(item) ? (
          <Berekend key={item.code} item={item} uitkomst={computedInWords(item, gegevens, norm)} />
        ) : (
          <Vraag
            key={item.code}
            item={item}
            waarde={stand.antwoorden[item.code] ?? beoordeling.waarden[item.code]}
            omgeving={omgeving}
            vooringevuld={beoordeling.vooringevuld.includes(item.code) && !hasOwn(stand, item.code)}
            andereTablet={stand.vanAndereTablet.has(item.code)}
            verschilt={stand.verschilt.has(item.code)}
            elders={stand.beantwoordElders.has(item.code)}
            opmerking={beoordeling.oordelen[item.code]?.reden ?? null}
            reden={stand.filterredenen[item.code]}
          />
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
})

const hasOwn = ({ antwoorden }: Controlestand, code: string): boolean =>
  antwoorden[code] !== undefined && antwoorden[code] !== null

function computedInWords(item: Item, { beoordeling }: Gegevens, norm: number | null): string {
  const waarde = beoordeling.berekend[item.code]
  if (item.code === KRAP) return spaceInWords(beoordeling, norm) ?? label(String(waarde))
  return typeof waarde === 'number' ? `${number(waarde)} ${item.eenheid ?? ''}`.trim() : label(String(waarde))
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
