// All that the screens of one control stand on: its state, its lists, and what follows from the answers.

import { useDeferredValue, useMemo } from 'react'
import type { Vorm } from '../../api/client'
import { kern } from '../../kern'
import type { Checklist, Controlestand, PakketControle } from '../../kern/contract'
import { isStrict } from '../../regels/tekstfilter'
import { gemeenteVan } from '../dag/pakket'
import { type Beoordeling, judge, type Lijsten, prepare, type Situatie } from './beoordelen'
import { arrange, type Blok, isSameList } from './indeling'
import { SOORT_RUIMTE } from './items'
import type { Rekenregel } from './rekenregel'
import { judgeAccess, type Toegang } from './toegang'

export interface Gegevens {
  stand: Controlestand
  objecttype: string
  lijsten: Lijsten
  beoordeling: Beoordeling
  toegang: Toegang
  blokken: Blok[]
  norm: number | null
  streng: boolean
  vrij: readonly string[]
}

const GEEN_VERSIES: Record<string, number> = {}

/** Null until the day package, the lists and the rule are read; `gekozen` are codes opened by choice. */
export function useGegevens(stand: Controlestand | null, gekozen: readonly string[]): Gegevens | null {
  const { rekenregel: regelversie, ...versies } = versionsOf(stand)
  const checklists = kern.useChecklists(versies)
  const rekenregel = useRekenregel(regelversie)
  const lijsten = useMemo(
    () => (checklists && rekenregel ? prepared(rekenregel, checklists) : null),
    [checklists, rekenregel],
  )
  const aandacht = useAandachtspunten(stand)
  const normen = useNormen(stand)
  const { antwoorden, beantwoordElders, pakket = null } = stand ?? {}
  const objecttype = stand === null ? '' : typeOf(stand)
  const gevolg = useMemo(() => {
    if (antwoorden === undefined || beantwoordElders === undefined || lijsten === null) return null
    const situatie: Situatie = {
      objecttype,
      aanleiding: pakket?.aanleiding ?? null,
      partners: [...(pakket?.diensten ?? []), ...(pakket?.partners ?? [])],
      normen,
      gekozen: [...gekozen, ...aandacht],
    }
    const beoordeling = judge(lijsten, antwoorden, situatie)
    const toegang = judgeAccess(beoordeling.waarden, pakket?.machtiging ?? false)
    const gegeven = { antwoorden, beantwoordElders }
    return {
      objecttype,
      lijsten,
      beoordeling,
      toegang,
      blokken: arrange(lijsten, objecttype, gegeven, beoordeling, toegang, situatie.gekozen),
      norm: normen.NORM_M2 ?? null,
      streng: isStrict(objecttype, beoordeling.waarden[SOORT_RUIMTE]),
      vrij: knownNumbers(pakket),
    }
  }, [antwoorden, beantwoordElders, pakket, objecttype, lijsten, normen, gekozen, aandacht])
  // The tapped card is drawn first; questions that it opens or closes come right after.
  const nu = gevolg?.blokken ?? null
  const eerder = useDeferredValue(nu)
  const blokken = nu !== null && eerder !== null && !isSameList(nu, eerder) ? eerder : nu
  return useMemo(
    () => (stand === null || gevolg === null || blokken === null ? null : { ...gevolg, stand, blokken }),
    [stand, gevolg, blokken],
  )
}

const typeOf = (stand: Controlestand): string => stand.pakket?.object.type ?? stand.hier?.objecttype ?? 'WON'

/** The versions that the control keeps go before those of the day. */
function versionsOf(stand: Controlestand | null): Record<string, number> {
  if (stand === null) return GEEN_VERSIES
  return Object.keys(stand.lijstversies).length > 0
    ? stand.lijstversies
    : (stand.pakket?.checklistversies ?? GEEN_VERSIES)
}

/** Compiling some hundred formulas is done once per set of lists, not once per screen. */
const bewaard = new WeakMap<object, Lijsten>()
const volgorde = (rekenregel: Rekenregel & { lijsten: string[] }, lijsten: readonly Checklist[]) =>
  [...lijsten].sort((een, ander) => rekenregel.lijsten.indexOf(een.code) - rekenregel.lijsten.indexOf(ander.code))

function prepared(rekenregel: Rekenregel & { lijsten: string[] }, lijsten: readonly Checklist[]): Lijsten {
  const eerder = bewaard.get(lijsten)
  if (eerder?.rekenregel === rekenregel) return eerder
  const nieuw = prepare(rekenregel, volgorde(rekenregel, lijsten))
  bewaard.set(lijsten, nieuw)
  return nieuw
}

/** The version that the control keeps; the rule came with the day package. */
const useRekenregel = (versie: number | undefined) =>
  kern.useNaslag<Rekenregel & { lijsten: string[] }>(versie === undefined ? null : `/rekenregels/${versie}`).inhoud

/** Questions that an earlier measure at this place opens; the shared list names them, the day package never does (DAT-13). */
function useAandachtspunten(stand: Controlestand | null): readonly string[] {
  const woorden = (stand?.pakket?.object.maatregelen ?? []).map(({ aandachtspunt }) => aandachtspunt)
  const lijst = kern.useNaslag<Vorm<'LijstRead'>>('/lijsten/aandachtspunten').inhoud
  const sleutel = woorden.join()
  return useMemo(
    () =>
      (lijst?.waarden ?? [])
        .filter(({ code }) => sleutel.includes(code))
        .flatMap(({ kenmerken }) => (Array.isArray(kenmerken.items) ? kenmerken.items.map(String) : [])),
    [lijst, sleutel],
  )
}

/** Norms of the control; of the municipality of the place for one that was made here. */
function useNormen(stand: Controlestand | null): Record<string, number | null> {
  const { pakket } = kern.useWerkpakket()
  const eigen = stand?.pakket?.normen
  const code = stand?.hier?.gemeentecode ?? null
  return useMemo(() => eigen ?? gemeenteVan(pakket, code)?.normen ?? {}, [eigen, pakket, code])
}

/** Numbers by which the object itself is known are no person's. */
function knownNumbers(pakket: PakketControle | null): string[] {
  if (pakket === null) return []
  return [pakket.object.nummer].filter(Boolean)
}
