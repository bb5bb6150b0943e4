// The tablet must come to the same outcomes as the server: one file of vectors, and every formula of the content.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { openLabourCore, uncountedLabourCore } from './src/regels/arbeid.mjs'
import { evaluate } from './src/regels/beoordeling.mjs'
import { buildCatalogue, normValues } from './src/regels/catalogus.mjs'
import { compileFormula, evaluateFormula, FormuleError } from './src/regels/cel.mjs'
import { monthsBefore, score } from './src/regels/score.mjs'

const inhoud = new URL('../checklists/', import.meta.url)
const read = (naam) => parse(readFileSync(new URL(naam, inhoud), 'utf8'))
const vectoren = read('vectoren.yaml')
const rekenregel = read('rekenregel-1.yaml')
const lijsten = readdirSync(inhoud).filter((naam) => /^[a-z]{3}-1\.yaml$/.test(naam))
const items = new Map(lijsten.flatMap((naam) => read(naam).items).map((item) => [item.code, item]))
const naamVan = (code) => code.replaceAll('-', '_')

for (const vector of vectoren.score) {
  test(`score ${vector.id}: ${vector.situatie}`, () => {
    const datum = '2026-05-31'
    const treffers = Object.entries(vector.treffers).map(([item, gewicht]) => {
      const trigger = items.get(item).triggers.find((t) => t.gewicht === gewicht)
      return { item, gewicht, antwoord: trigger.antwoord ?? trigger.drempel }
    })
    const uitkomst = score(rekenregel, items, treffers, datum, {
      ...vector,
      eerdere: (vector.eerdereControles ?? []).map((eerder) => ({
        datum: monthsBefore(datum, eerder.maandenGeleden),
        punten: eerder.punten,
      })),
    })
    assert.equal(uitkomst.uitkomst, vector.verwacht)
    assert.equal(uitkomst.punten, vector.punten)
    assert.equal(uitkomst.hercontroleDagen, vector.hercontroleDagen ?? null)
  })
}

for (const vector of vectoren.berekening) {
  test(`berekening ${vector.id}: ${vector.item}`, () => {
    const invoer = Object.entries(vector.invoer).map(([code, waarde]) => [naamVan(code), waarde])
    const formule = compileFormula(items.get(vector.item).berekening)
    const uitkomst = evaluateFormula(formule, { ...Object.fromEntries(invoer), ...vector.normen })
    assert.deepEqual(uitkomst === 'niet vastgesteld' ? null : uitkomst, vector.verwacht)
  })
}

for (const vector of vectoren.formules) {
  test(`formule ${vector.id}: ${vector.situatie}`, () => {
    assert.deepEqual(evaluateFormula(compileFormula(vector.formule), vector.waarden), vector.verwacht)
  })
}

for (const vector of vectoren.formulefouten) {
  test(`formulefout ${vector.id}: ${vector.situatie}`, () => {
    assert.throws(() => evaluateFormula(compileFormula(vector.formule), vector.waarden), FormuleError)
  })
}

test('every formula of the content compiles and holds for an empty control', () => {
  assert.equal(items.size, 106)
  const leeg = Object.fromEntries([...items.keys()].map((code) => [naamVan(code), null]))
  for (const naam of Object.keys(rekenregel.normnamen)) leeg[naam] = null
  for (const item of items.values()) {
    for (const trigger of item.triggers ?? []) {
      assert.notEqual(evaluateFormula(compileFormula(trigger.cel), leeg), true, `${item.code} scores on nothing`)
    }
    for (const bron of [item.voorwaarde?.cel, item.berekening]) {
      if (bron) evaluateFormula(compileFormula(bron), leeg)
    }
  }
})

test('the last day of a month stays the last day', () => {
  assert.equal(monthsBefore('2026-03-31', 13), '2025-02-28')
  assert.equal(monthsBefore('2026-01-15', 12), '2025-01-15')
})

const { items: beschreven, gevallen } = JSON.parse(readFileSync(new URL('beoordelingen.json', inhoud), 'utf8'))
const catalogus = buildCatalogue(rekenregel, beschreven)
const opItem = (een, ander) => (een.item + een.gewicht < ander.item + ander.gewicht ? -1 : 1)

test(`the tablet judges ${gevallen.length} controls as the server does`, () => {
  assert.ok(gevallen.length >= 70)
  for (const [nummer, { objecttype, antwoorden, normen, situatie, verwacht }] of gevallen.entries()) {
    const gevonden = evaluate(catalogus, objecttype, antwoorden, normValues(catalogus, normen), situatie)
    const geordend = {
      ...gevonden,
      vooringevuld: gevonden.vooringevuld.sort(),
      nietGeteld: gevonden.nietGeteld.sort(opItem),
      nietVastgesteld: gevonden.nietVastgesteld.sort(),
    }
    delete geordend.objecttype
    delete geordend.geldt
    assert.deepEqual(geordend, verwacht, `control ${nummer} (${objecttype})`)
  }
})

test('what holds for a control is what is open when everything is chosen', () => {
  const gekozen = beschreven.map(({ code }) => code)
  for (const { objecttype, antwoorden, normen, situatie } of gevallen) {
    const waarden = normValues(catalogus, normen)
    const alles = evaluate(catalogus, objecttype, antwoorden, waarden, { ...situatie, gekozen })
    assert.deepEqual(evaluate(catalogus, objecttype, antwoorden, waarden, situatie).geldt, alles.openItems)
  }
})

test('a control that is judged again runs only the formulas that read what changed', () => {
  const eigen = buildCatalogue(rekenregel, beschreven)
  let gelopen = 0
  const count = (formule) => {
    const { programma } = formule
    formule.programma = (waarden) => {
      gelopen += 1
      assert.ok(alles || formule.variabelen.has('ENT_19'), formule.bron)
      return programma(waarden)
    }
  }
  for (const { voorwaarde, berekening, triggers } of eigen.regels.values()) {
    for (const formule of [voorwaarde, berekening, ...triggers.map((een) => een.formule)]) if (formule) count(formule)
  }
  let alles = true
  const { antwoorden } = gevallen.find((een) => een.objecttype === 'LOG')
  evaluate(eigen, 'LOG', { ...antwoorden, 'ENT-19': 'nee' })
  assert.ok(gelopen > 20)
  alles = false
  gelopen = 0
  evaluate(eigen, 'LOG', { ...antwoorden, 'ENT-19': 'ja' })
  assert.ok(gelopen > 0)
})

test('a formula forgets its outcome as soon as one of its values changes', () => {
  const formule = compileFormula('double(size(A)) > 0.0 && B > 1.0')
  const A = ['x']
  assert.equal(evaluateFormula(formule, { A, B: 2 }), true)
  assert.equal(evaluateFormula(formule, { A, B: 1 }), false)
  assert.equal(evaluateFormula(formule, { A, B: null }), 'niet vastgesteld')
  assert.equal(evaluateFormula(formule, { A, B: 2 }), true)
  A.pop()
  assert.equal(evaluateFormula(formule, { A, B: 2 }), false)
})

for (const { id, situatie, objecttype, antwoorden, open, telt } of vectoren.arbeidskern) {
  test(`arbeidskern ${id}: ${situatie}`, () => {
    const evaluatie = evaluate(catalogus, objecttype, antwoorden)
    assert.deepEqual(openLabourCore(catalogus, evaluatie), open)
    const hoort = rekenregel.arbeidslijst.objecttypen.includes(objecttype)
    assert.equal(hoort && uncountedLabourCore(catalogus, evaluatie).length === 0, telt)
  })
}
