// The rules of the screens of a control, on the real lists.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Checklist, Controlestand } from '../../kern/contract'
import { press, readEntry } from './antwoord/Getal'
import { toggle } from './antwoord/Meerkeuze'
import { judge, prepare, type Situatie } from './beoordelen'
import { areaOf } from './foto/tekenen'
import { arrange, inWords, labourToDo, missing, missingLabour } from './indeling'
import { helpOf, type Item, NIET_VASTGESTELD, neutral } from './items'
import type { Rekenregel } from './rekenregel'
import { judgeAccess, NIET_BETREDEN, TOESTEMMING, WOONRUIMTE, withConsequences } from './toegang'
import { hintsAtCoercion, outcome } from './uitkomst'
import { spaceInWords } from './woorden'

const { parse } = await import('yaml')
const inhoud = new URL('../../../../checklists/', import.meta.url)
const read = (naam: string) => readFileSync(new URL(naam, inhoud), 'utf8')
const rekenregel = parse(read('rekenregel-2.yaml')) as Rekenregel & { lijsten: string[] }
const items = JSON.parse(read('beoordelingen.json')).items as Item[]
const checklists = rekenregel.lijsten.map((code) => ({
  code,
  naam: code,
  items: items.filter((item) => item.code.startsWith(code)),
})) as unknown as Checklist[]
const lijsten = prepare(rekenregel, checklists)
const item = (code: string): Item => items.find((een) => een.code === code) as Item

function stand(antwoorden: Controlestand['antwoorden'], meer: Partial<Controlestand> = {}): Controlestand {
  const leeg = { beantwoordElders: new Set(), vanAndereTablet: new Set(), verschilt: new Set() }
  return { controleId: 'c', antwoorden, uitkomst: null, acuutOp: null, keuze: null, ...leeg, ...meer } as Controlestand
}

function view(objecttype: string, antwoorden: Controlestand['antwoorden'], gekozen: string[] = []) {
  const situatie: Situatie = { objecttype, aanleiding: null, partners: [], normen: { NORM_M2: 12 }, gekozen }
  const beoordeling = judge(lijsten, antwoorden, situatie)
  const toegang = judgeAccess(beoordeling.waarden, false)
  const nu = stand(antwoorden)
  const blokken = arrange(lijsten, objecttype, nu, beoordeling, toegang, gekozen)
  const codes = blokken.flatMap((blok) => blok.vragen.map(({ code }) => code))
  return { beoordeling, toegang, stand: nu, blokken, codes }
}

describe('which questions are on the screen', () => {
  test.each(['SEKS', 'MASS', 'HOR', 'BEDR', 'WON', 'LOG', 'HOT'])('%s begins with its core alone', (type) => {
    const { codes } = view(type, {})
    expect(codes.length).toBeLessThanOrEqual(15)
    // What is filled in beforehand stands on the screen, since it can be changed.
    for (const code of codes) expect(item(code).kern.includes(type) || type in item(code).vooringevuld).toBe(true)
    expect(codes).toContain('ENT-21')
  })

  test('a hit and a choice open the rest, and what offends is never asked in the list', () => {
    expect(view('HOR', { 'HUI-26': 'ja' }).codes).toContain('HUI-01')
    const { blokken } = view('HOR', {})
    const meer = blokken.flatMap((blok) => blok.meer.map(({ code }) => code))
    expect(meer).toContain('ENT-19')
    expect(meer).not.toContain('HUI-22')
    expect(view('HOR', {}, meer).codes).toContain('ENT-19')
  })

  test('an answer that left the tablet keeps its questions on the screen and counts as answered', () => {
    const weg = { beantwoordElders: new Set(['BEV-11']) }
    const { beoordeling, toegang } = view('HOR', {})
    const [, , identiteit] = arrange(lijsten, 'HOR', stand({}, weg), beoordeling, toegang, [])
    expect(identiteit?.vragen.map(({ code }) => code)).toContain('IDE-03')
    expect(missing(lijsten, stand({}, weg), beoordeling, toegang).map(({ code }) => code)).not.toContain('BEV-11')
  })

  test('progress is said in words', () => {
    expect(inWords({ gesteld: 4, beantwoord: 0 })).toBe('4 open')
    expect(inWords({ gesteld: 4, beantwoord: 3 })).toBe('nog 1 van 4')
    expect(inWords({ gesteld: 4, beantwoord: 4 })).toBe('klaar')
  })
})

describe('a dwelling (PLN-13)', () => {
  test('the inside waits for the ground; acute danger and the gut feeling never do', () => {
    const dicht = view('WON', {})
    expect(dicht.toegang.binnen).toBe(false)
    expect(dicht.codes).not.toContain('HUI-01')
    for (const code of ['BEV-13', 'ENT-12', 'ENT-21', 'HUI-11']) expect(dicht.codes).toContain(code)
    expect(view('WON', { 'BEV-03': TOESTEMMING }).codes).toContain('HUI-01')
    expect(view('WON', { 'BEV-03': TOESTEMMING, 'BEV-04': 'nee' }).codes).not.toContain('HUI-01')
  })

  test('an authorisation counts only when the day package knows one', () => {
    const waarden = { 'BEV-01': WOONRUIMTE, 'BEV-03': 'machtiging van de burgemeester' }
    expect(judgeAccess(waarden, true).binnen).toBe(true)
    expect(judgeAccess(waarden, false).reden).toContain('geen geldige machtiging')
  })

  test('who does not enter establishes nothing inside, in one event', () => {
    const samen = withConsequences(item('BEV-03'), NIET_BETREDEN, items, 'WON', { 'HUI-01': 40 })
    expect(samen).toEqual({ 'BEV-03': NIET_BETREDEN, 'HUI-02': NIET_VASTGESTELD, 'HUI-10': NIET_VASTGESTELD })
  })

  test('space per person in words, exactly on the norm is enough', () => {
    const woning = (m2: number, mensen: number) =>
      view('WON', { 'BEV-03': TOESTEMMING, 'BEV-04': 'ja', 'HUI-01': m2, 'HUI-02': mensen }).beoordeling
    expect(spaceInWords(woning(96, 14), 12)).toBe(
      '6,86 m² per persoon. De norm van deze gemeente is 12 m². Dat is onder de norm.',
    )
    expect(spaceInWords(woning(60, 11), 12)).toContain('minder dan de helft')
    expect(spaceInWords(woning(120, 10), 12)).toContain('Dat is genoeg.')
    expect(spaceInWords(woning(120, 0), 12)).toBeNull()
  })
})

describe('leaving', () => {
  test('an integral control of a business asks for its labour core; not established is an answer (CAD-03)', () => {
    const { beoordeling, toegang, stand: nu } = view('HOR', { 'ARB-01': NIET_VASTGESTELD })
    const mist = missing(lijsten, nu, beoordeling, toegang)
    const codes = missingLabour(lijsten, 'HOR', true, beoordeling, mist).map(({ code }) => code)
    expect(codes).toContain('ARB-12')
    expect(codes).not.toContain('ARB-01')
    expect(missingLabour(lijsten, 'HOR', false, beoordeling, mist)).toEqual([])
    expect(missingLabour(lijsten, 'SEKS', true, beoordeling, mist)).toEqual([])
  })

  test('outside: what keeps an integral control open is named, also when the answer it hangs on left the tablet (CAD-03)', () => {
    const kern = { 'ARB-01': 'nee', 'ARB-04': 'nee', 'ARB-12': 3, 'ARB-20': 'nee' }
    const toDo = (antwoorden: Controlestand['antwoorden'], meer: Partial<Controlestand>) => {
      const { beoordeling, toegang } = view('HOR', antwoorden)
      const nu = stand(antwoorden, {
        pakket: { integraal: true },
        sfeerovergangOp: null,
        zendingen: [],
        ...meer,
      } as never)
      return labourToDo(lijsten, 'HOR', nu, beoordeling, toegang).map(({ code }) => code)
    }
    const tegengehouden = { zendingen: [{ soort: 'controle-afgerond', stand: 'vraagt aandacht' }] } as never
    expect(toDo({ ...kern, 'ARB-20': null, 'BEV-11': 'nvt' }, {})).toEqual(['ARB-20'])
    expect(toDo(kern, { beantwoordElders: new Set(['BEV-11']) })).toEqual([])
    expect(toDo(kern, { beantwoordElders: new Set(['BEV-11']), ...(tegengehouden as object) })).toEqual(['ARB-14'])
    expect(toDo({}, { sfeerovergangOp: '2026-05-31T12:00:00Z' })).toEqual([])
    expect(toDo({}, { status: 'afgerond' })).toEqual([])
  })

  test('the outcome: of the service when it spoke, else of the rules, else not known', () => {
    const { beoordeling } = view('HOR', { 'ENT-21': 'ja' })
    const datum = '2026-05-31'
    expect(outcome(lijsten, stand({}), beoordeling, datum)?.uitkomst).toBe('regulier')
    const dienst = { uitkomst: { uitkomst: 'spoed', hercontroleDagen: null } } as Partial<Controlestand>
    expect(outcome(lijsten, stand({}, dienst), beoordeling, datum)).toMatchObject({
      uitkomst: 'spoed',
      vanDienst: true,
    })
    expect(outcome(lijsten, stand({}, { beantwoordElders: new Set(['ENT-21']) }), beoordeling, datum)).toBeNull()
    expect(outcome(lijsten, stand({}, { acuutOp: datum }), view('HOR', {}).beoordeling, datum)?.uitkomst).toBe('acuut')
    // What the answers gave does not take away the signal of the acute button.
    expect(outcome(lijsten, stand({}, { ...dienst, acuutOp: datum }), beoordeling, datum)?.uitkomst).toBe('acuut')
  })

  test('only a hit on forced offences asks for non-punishment (DEF-05)', () => {
    expect(hintsAtCoercion(lijsten, view('BEDR', { 'ARB-22': 'ja' }).beoordeling)).toBe(true)
    expect(hintsAtCoercion(lijsten, view('BEDR', { 'ENT-21': 'ja', 'ARB-20': 'ja' }).beoordeling)).toBe(false)
  })
})

describe('answers', () => {
  test('the keypad takes only what makes a number of this unit', () => {
    const type = (toetsen: string, heel: boolean, maximum = 10_000) =>
      [...toetsen].reduce((invoer, toets) => press(invoer, toets, heel, maximum), '')
    expect(type('014', true)).toBe('14')
    expect(type('12,5', true)).toBe('125')
    expect(type('12,55', false)).toBe('12,55')
    expect(type('99999', true)).toBe('9999')
    expect(press('14', 'wis', true, 100)).toBe('1')
    expect(readEntry('12,')).toBe(12)
    expect(readEntry('')).toBeNull()
  })

  test("'geen' and 'niet vastgesteld' stand alone", () => {
    const alleen = ['geen', NIET_VASTGESTELD]
    expect(toggle(['a', 'b'], 'geen', alleen)).toEqual(['geen'])
    expect(toggle(['geen'], 'a', alleen)).toEqual(['a'])
    expect(toggle(['a', 'b'], 'a', alleen)).toEqual(['b'])
  })

  test('a refused text counts as filled in and is no text', () => {
    const geweigerd = { geweigerd: ['telefoonnummer'] } as unknown as string
    const { beoordeling } = view('HOR', { 'ENT-21': 'ja', 'ENT-22': geweigerd })
    expect(beoordeling.waarden['ENT-22']).toBe('(tekst geweigerd: telefoonnummer)')
  })

  test('a tap without a drag covers a square as well', () => {
    const tik = { soort: 'vervagen', van: { x: 100, y: 100 }, naar: { x: 101, y: 100 } } as const
    expect(areaOf(tik, 640, 480)).toEqual({ x: 40, y: 40, breedte: 120, hoogte: 120 })
  })
})

test('before the inspectors left no question says the word, and no help text shows a code (PLN-19)', () => {
  for (const een of items) {
    const regels = een.nietVastleggen.map((code) => rekenregel.vCodes[code] ?? '')
    const zichtbaar =
      [een.vraag, een.grondslag ?? '', ...een.keuzes, ...regels].map(neutral).join(' ') + (helpOf(een) ?? '')
    expect(zichtbaar).not.toMatch(/\bsignaal\b|\bsignalen\b|score/iu)
    expect(helpOf(een) ?? '').not.toMatch(/[A-Z]{3}-\d\d/u)
  }
})
