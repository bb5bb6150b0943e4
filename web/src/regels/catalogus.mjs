// The items of one set of checklist versions, compiled once; the same as on the server (app/checklists/rules/catalogue.py).

import { compileFormula, evaluateFormula, NIET_VASTGESTELD } from './cel.mjs'

/** The name of an item in a formula: ENT-01 is ENT_01. */
export const celName = (code) => code.replaceAll('-', '_')

/**
 * Compile items and put them in the order of calculation.
 * @param {object} rekenregel the scoring rule in force
 * @param {object[]} items in the order of the lists, as the API describes them
 */
export function buildCatalogue(rekenregel, items) {
  const regels = new Map(items.map((item) => [item.code, compileItem(item)]))
  const volgorde = sortItems(regels)
  const normformules = Object.entries(rekenregel.normnamen).map(([naam, bron]) => [naam, compileFormula(bron)])
  return { rekenregel, regels, volgorde, normformules: new Map(normformules) }
}

/**
 * The norms of a municipality on one date, under the names that formulas use; null where there is no such norm.
 * @param {ReturnType<typeof buildCatalogue>} catalogus
 * @param {Record<string, number | null>} normen value per key of the norm table
 */
export function normValues(catalogus, normen) {
  return Object.fromEntries(
    [...catalogus.normformules].map(([naam, formule]) => {
      const bekend = Object.fromEntries([...formule.variabelen].map((sleutel) => [sleutel, normen[sleutel] ?? null]))
      const waarde = evaluateFormula(formule, bekend)
      return [naam, waarde === NIET_VASTGESTELD ? null : waarde]
    }),
  )
}

function compileItem(item) {
  return {
    item,
    naam: celName(item.code),
    berekend: Boolean(item.berekening) || Boolean(item.uitRegister),
    voorwaarde: item.voorwaarde ? compileFormula(item.voorwaarde.cel) : null,
    berekening: item.berekening ? compileFormula(item.berekening) : null,
    triggers: (item.triggers ?? []).map((trigger) => ({ ...trigger, formule: compileFormula(trigger.cel) })),
  }
}

/** Each item after those that its condition, calculation and opener read; the service refuses lists with a circle. */
function sortItems(regels) {
  const opNaam = new Map([...regels.values()].map((regel) => [regel.naam, regel]))
  const gesorteerd = new Set()
  const visit = (regel, onderweg) => {
    if (gesorteerd.has(regel)) return
    if (onderweg.has(regel)) throw new Error(`circle at ${regel.item.code}`)
    const namen = [...(regel.voorwaarde?.variabelen ?? []), ...(regel.berekening?.variabelen ?? [])]
    if (regel.item.opentBij?.item) namen.push(celName(regel.item.opentBij.item))
    for (const eerst of namen.map((naam) => opNaam.get(naam)).filter(Boolean)) {
      visit(eerst, new Set([...onderweg, regel]))
    }
    gesorteerd.add(regel)
  }
  for (const regel of regels.values()) visit(regel, new Set())
  return [...gesorteerd]
}
