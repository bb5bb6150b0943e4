import { expect, test } from 'vitest'
import type { Controlestand, Zending } from '../../kern/contract'
import { faseVan, standInWoorden, teVersturen, uitcheckklok } from './stand'
import { startbezwaren } from './start'
import { deelIn, vanDeDag, verschuif } from './volgorde'

const zending = (soort: string, opgenomenOp: string, rest: Partial<Zending> = {}): Zending => ({
  gebeurtenisId: opgenomenOp,
  controleId: 'a',
  soort,
  opgenomenOp,
  stand: 'aangekomen',
  fotosTeGaan: 0,
  reden: null,
  oordelen: [],
  ...rest,
})

function stand(
  controleId: string,
  rest: Record<string, unknown> = {},
  pakket: Record<string, unknown> = {},
): Controlestand {
  return {
    controleId,
    pakket: { status: 'vrijgegeven', volgorde: 1, aanvang: 600, uitcheckenMin: 60, ...pakket },
    hier: null,
    gestartOp: null,
    pogingOp: null,
    status: null,
    ingecheckt: new Set(),
    sfeerovergangOp: null,
    vertrokkenOp: null,
    zendingen: [],
    ...rest,
  } as unknown as Controlestand
}

test('what runs comes first, what is done last, the rest in the order of the route or by hand', () => {
  const standen = [
    stand('c', {}, { volgorde: 3 }),
    stand('klaar', { vertrokkenOp: '2026-11-22T10:00:00Z' }, { volgorde: 1 }),
    stand('bezig', { gestartOp: '2026-11-22T10:00:00Z' }, { volgorde: 9 }),
    stand('b', {}, { volgorde: 2 }),
  ]
  const ids = (hand: string[] | null) =>
    Object.values(deelIn(standen, hand)).map((deel) => deel.map((s: Controlestand) => s.controleId))
  expect(ids(null)).toEqual([['bezig'], ['b', 'c'], ['klaar']])
  expect(ids(['c', 'b'])).toEqual([['bezig'], ['c', 'b'], ['klaar']])
  expect(verschuif(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(verschuif(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
})

test('a day holds what is planned for it, what was made here, and what still runs; nothing of tomorrow', () => {
  const standen = [
    stand('vandaag', {}, { datum: '2026-11-22' }),
    stand('in het pakket', {}, { datum: '2026-11-21' }),
    stand('hier gemaakt', { pakket: null }),
    stand('loopt nog', { gestartOp: '2026-11-21T22:00:00Z' }, { datum: '2026-11-21' }),
    stand('morgen', {}, { datum: '2026-11-23' }),
  ]
  const pakket = { controles: [{ id: 'in het pakket' }] } as never
  const dag = vanDeDag(standen, pakket, '2026-11-22').map((een) => een.controleId)
  expect(dag).toEqual(['vandaag', 'in het pakket', 'hier gemaakt', 'loopt nog'])
})

test('a state in words', () => {
  expect(standInWoorden(stand('a'))).toBe('Nog te doen')
  expect(standInWoorden(stand('a', { gestartOp: '2026-11-22T09:40:00+01:00' }))).toBe('Bezig sinds 09:40')
  expect(faseVan(stand('a', { pogingOp: '2026-11-22T09:40:00Z' }))).toBe('klaar')
})

test('the clock of checking out runs from the first check-in since everybody was out', () => {
  const binnen = stand('a', {
    ingecheckt: new Set(['x']),
    gestartOp: '2026-11-22T09:00:00Z',
    zendingen: [
      zending('controle-gestart', '2026-11-22T09:00:00Z'),
      zending('uitgecheckt', '2026-11-22T09:30:00Z'),
      zending('ingecheckt', '2026-11-22T10:00:00Z'),
    ],
  })
  expect(uitcheckklok(binnen, new Date('2026-11-22T10:15:00Z'))).toMatchObject({ tekst: 'nog 45 min', telaat: false })
  expect(uitcheckklok(binnen, new Date('2026-11-22T11:05:00Z'))).toMatchObject({
    tekst: '5 min over tijd',
    telaat: true,
  })
  expect(uitcheckklok(stand('a'), new Date())).toBeNull()
})

test('what waits is said in words', () => {
  const zendingen = [
    zending('antwoorden', '1', { stand: 'opgeslagen op tablet', fotosTeGaan: 2 }),
    zending('antwoorden', '2', { stand: 'vraagt aandacht' }),
    zending('antwoorden', '3'),
  ]
  expect(teVersturen(stand('a', { zendingen }))).toBe('1 te versturen, 2 foto’s, 1 vraagt aandacht')
  expect(teVersturen(stand('a'))).toBeNull()
})

test('a start asks for two inspectors, and at a dwelling for a ground; danger goes before everything', () => {
  const won = { type: 'WON', bezetting: 2, machtiging: false }
  expect(startbezwaren(won, { collegas: [], grond: null })).toHaveLength(2)
  expect(startbezwaren(won, { collegas: ['b'], grond: 'machtiging van de burgemeester' })).toEqual([
    'Voor dit adres geldt vandaag geen machtiging.',
  ])
  expect(
    startbezwaren({ ...won, machtiging: true }, { collegas: ['b'], grond: 'machtiging van de burgemeester' }),
  ).toEqual([])
  expect(startbezwaren(won, { collegas: [], grond: 'ernstig en onmiddellijk gevaar' })).toEqual([])
  expect(startbezwaren({ type: 'HOR', bezetting: 2, machtiging: false }, { collegas: ['b'], grond: null })).toEqual([])
})
