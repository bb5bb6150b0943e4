// One question with its answer. A tap draws this card first, and no other; memoised, so that what follows leaves the others alone too.

import { memo, useId } from 'react'
import type { Waarde } from '../../kern/contract'
import type { Filterreden } from '../../regels/tekstfilter'
import { Getal } from './antwoord/Getal'
import { Keuzeknoppen } from './antwoord/Keuzeknoppen'
import { Meerkeuze } from './antwoord/Meerkeuze'
import { Tekst } from './antwoord/Tekst'
import { refused } from './beoordelen'
import { Fotos } from './foto/Fotos'
import { useGetikt } from './getikt'
import { helpOf, type Item, NIET_VASTGESTELD, neutral } from './items'
import type { Rekenregel } from './rekenregel'
import type { Tikken } from './tikken'
import { Uitleg } from './Uitleg'

/** What holds for every question of this control; the same object as long as nothing of it changes. */
export interface Omgeving {
  controleId: string
  rekenregel: Rekenregel
  streng: boolean
  vrij: readonly string[]
  /** null takes an answer back. */
  answer: Tikken['answer']
}

export interface Kenmerken {
  vooringevuld: boolean
  andereTablet: boolean
  verschilt: boolean
  elders: boolean
  /** Why an answer does not count, in words; null when it does. */
  opmerking: string | null
  reden: string | undefined
}

interface Props extends Kenmerken {
  item: Item
  waarde: Waarde | undefined
  omgeving: Omgeving
}

const KORT = new Set(['ja_nee', 'ja_nee_nvt'])

export const Vraag = memo(function Vraag({ item, waarde, omgeving, ...kenmerken }: Props) {
  const labelId = useId()
  const { getoond, bezig, tap } = useGetikt(waarde ?? null, (gekozen) => omgeving.answer(item, gekozen))
  const hulp = helpOf(item)
  return (
    <section
      className="vw-vraag"
      id={`vraag-${item.code}`}
      aria-labelledby={labelId}
      aria-busy={bezig || undefined}
      tabIndex={-1}
    >
      <h3 id={labelId} className="vw-vraag__tekst">
        {neutral(item.vraag)}
      </h3>
      {item.vrijwillig && <p className="vw-merk">Vrijwillig gesprek: niemand hoeft te antwoorden.</p>}
      {hulp && <p className="vw-vraag__hulp">{hulp}</p>}
      {item.antwoordtype === 'tekst' ? (
        <Vrij item={item} waarde={waarde ?? null} omgeving={omgeving} labelId={labelId} reden={kenmerken.reden} />
      ) : (
        <Antwoord item={item} waarde={getoond} omgeving={omgeving} labelId={labelId} onKies={tap} />
      )}
      <Opmerkingen {...kenmerken} leeg={getoond === null} />
      <Uitleg item={item} rekenregel={omgeving.rekenregel} wissen={getoond === null ? null : () => tap(null)} />
    </section>
  )
}, isSame)

function isSame(eerst: Props, nu: Props): boolean {
  const sleutels = Object.keys(nu) as (keyof Props)[]
  return sleutels.every((sleutel) => Object.is(eerst[sleutel], nu[sleutel]) || isSameList(eerst[sleutel], nu[sleutel]))
}

function isSameList(een: unknown, ander: unknown): boolean {
  return Array.isArray(een) && Array.isArray(ander) && een.join('\n') === ander.join('\n')
}

interface AntwoordProps {
  item: Item
  waarde: Waarde
  omgeving: Omgeving
  labelId: string
  onKies: (waarde: Waarde) => void
}

function Antwoord({ item, waarde, omgeving, labelId, onKies }: AntwoordProps) {
  const { rekenregel, controleId } = omgeving
  if (item.antwoordtype === 'getal') {
    const eenheid = rekenregel.eenheden[item.eenheid ?? ''] ?? { heel: false, maximum: 1_000_000 }
    return (
      <Getal
        waarde={typeof waarde === 'number' || waarde === NIET_VASTGESTELD ? waarde : null}
        eenheid={item.eenheid}
        heel={eenheid.heel}
        maximum={eenheid.maximum}
        labelId={labelId}
        onKies={onKies}
      />
    )
  }
  if (item.antwoordtype === 'foto') {
    return <Fotos controleId={controleId} item={item.code} maximum={rekenregel.fotoMaximum} labelId={labelId} />
  }
  if (item.meervoudig) {
    return (
      <Meerkeuze
        keuzes={item.keuzes}
        alleenOptie={item.alleenOptie}
        waarde={Array.isArray(waarde) ? waarde : typeof waarde === 'string' ? [waarde] : []}
        labelId={labelId}
        onKies={onKies}
      />
    )
  }
  return (
    <Keuzeknoppen
      keuzes={item.keuzes}
      waarde={typeof waarde === 'string' ? waarde : null}
      labelId={labelId}
      naastElkaar={KORT.has(item.antwoordtype)}
      onKies={onKies}
    />
  )
}

/** What is being written stands in its field and nowhere else until it is stored. */
function Vrij({ item, waarde, omgeving, labelId, reden }: Omit<AntwoordProps, 'onKies'> & Pick<Kenmerken, 'reden'>) {
  const { answer, rekenregel, streng, vrij } = omgeving
  return (
    <Tekst
      opgeslagen={typeof waarde === 'string' ? waarde : null}
      geweigerd={refused(waarde)}
      streng={streng}
      vrij={vrij}
      reden={reden as Filterreden | undefined}
      maximum={rekenregel.tekstMaximum}
      labelId={labelId}
      onBewaar={(tekst, gegeven) => void answer(item, tekst, gegeven)}
      onWeiger={(soorten) => void answer(item, { geweigerd: [...soorten].sort() })}
    />
  )
}

function Opmerkingen({
  vooringevuld,
  andereTablet,
  verschilt,
  elders,
  opmerking,
  leeg,
}: Kenmerken & { leeg: boolean }) {
  return (
    <>
      {vooringevuld && <p className="vw-merk">Vooraf ingevuld. U kunt het wijzigen.</p>}
      {elders && leeg && (
        <p className="vw-merk">Beantwoord. Het antwoord is verstuurd en staat niet meer op deze tablet.</p>
      )}
      {verschilt ? (
        <p className="vw-merk">
          Op een andere tablet staat een ander antwoord. Beide zijn bewaard; de teamleider kijkt ernaar. U kunt
          doorgaan.
        </p>
      ) : (
        andereTablet && <p className="vw-merk">Ingevuld op een andere tablet.</p>
      )}
      {opmerking && <p className="vw-merk">{neutral(opmerking)}</p>}
    </>
  )
}
