// Formulas in the Common Expression Language, the same as on the server (app/checklists/rules/cel.py).
//
// All numbers are doubles and every literal has a decimal point. An unanswered item is null, and a formula that
// applies an operator to null yields 'niet vastgesteld', which never scores.

import { Environment } from '@marcbachmann/cel-js'

export const NIET_VASTGESTELD = 'niet vastgesteld'

const OPERATORS = new Set([
  '&&',
  '||',
  '!_',
  '-_',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '?:',
  'in',
  'id',
  'value',
])
const FUNCTIONS = new Set(['size', 'double', 'dyn'])
const environment = new Environment({ unlistedVariablesAreDyn: true })

/** A formula that is wrong by itself: syntax, type or unknown name; never for an unanswered item. */
export class FormuleError extends Error {}

/**
 * Compile a formula once, to evaluate it often.
 * @param {string} bron
 * @returns {{ bron: string, variabelen: Set<string>, programma: (waarden: object) => unknown, laatst: { invoer: unknown[], uitkomst: unknown } | null }}
 */
export function compileFormula(bron) {
  let programma
  try {
    programma = environment.parse(bron)
  } catch (fout) {
    throw new FormuleError(`de formule '${bron}' is geen geldige CEL`, { cause: fout })
  }
  const variabelen = new Set()
  inspect(programma.ast, bron, variabelen)
  return { bron, variabelen, programma, laatst: null }
}

function inspect(knoop, bron, variabelen) {
  if (knoop.op === 'id') {
    variabelen.add(knoop.args)
  } else if (knoop.op === 'value') {
    if (typeof knoop.args === 'bigint') throw new FormuleError(`een getal in '${bron}' heeft geen decimale punt`)
  } else {
    const [naam, delen] = knoop.op === 'call' ? knoop.args : [null, [knoop.args].flat()]
    if (naam === null ? !OPERATORS.has(knoop.op) : !FUNCTIONS.has(naam)) {
      throw new FormuleError(`'${bron}' gebruikt wat niet is toegestaan: ${naam ?? knoop.op}`)
    }
    for (const deel of delen) {
      const aantal = deel.op === 'call' && deel.args[0] === 'size'
      if (aantal && naam !== 'double') throw new FormuleError(`schrijf in '${bron}' double(size(...))`)
      inspect(deel, bron, variabelen)
    }
  }
}

/**
 * Evaluate a formula; 'niet vastgesteld' when it touches null or a division has no finite result.
 *
 * A tap changes one answer and leaves nearly all formulas with the values that they had: those keep their outcome.
 * @param {ReturnType<typeof compileFormula>} formule
 * @param {Record<string, string | number | boolean | string[] | null>} waarden
 * @returns {string | number | boolean | string[] | null}
 */
export function evaluateFormula(formule, waarden) {
  const namen = [...formule.variabelen]
  const vreemd = namen.filter((naam) => !Object.hasOwn(waarden, naam))
  if (vreemd.length > 0) throw new FormuleError(`'${formule.bron}' noemt ${vreemd.join(', ')}`)
  const { laatst } = formule
  if (laatst !== null && namen.every((naam, plaats) => isSame(waarden[naam], laatst.invoer[plaats])))
    return laatst.uitkomst
  const uitkomst = run(formule, namen, waarden)
  formule.laatst = { invoer: namen.map((naam) => copy(waarden[naam])), uitkomst }
  return uitkomst
}

const copy = (waarde) => (Array.isArray(waarde) ? [...waarde] : waarde)

function isSame(een, ander) {
  if (!Array.isArray(een) || !Array.isArray(ander)) return Object.is(een, ander)
  return een.length === ander.length && een.every((deel, plaats) => Object.is(deel, ander[plaats]))
}

function run(formule, namen, waarden) {
  let uitkomst
  try {
    uitkomst = formule.programma(waarden)
  } catch (fout) {
    if (namen.some((naam) => waarden[naam] === null)) return NIET_VASTGESTELD
    throw new FormuleError(`'${formule.bron}' past niet bij de waarden`, { cause: fout })
  }
  return typeof uitkomst === 'number' && !Number.isFinite(uitkomst) ? NIET_VASTGESTELD : uitkomst
}
