// The labour core of an integral control of a business (CAD-03); the same as on the server (app/checklists/rules/completeness.py).
//
// Closing and counting are two things: 'niet vastgesteld' is filled in, so that nobody has to guess to get out, and counts for no norm.

import { NIET_VASTGESTELD } from './cel.mjs'

/**
 * Core questions on labour that nobody filled in: the control is not closed before they are.
 * @param {ReturnType<import('./catalogus.mjs').buildCatalogue>} catalogus
 * @param {{ objecttype: string, ontbrekendeKern: string[], openItems: string[] }} evaluatie
 * @returns {string[]}
 */
export function openLabourCore(catalogus, evaluatie) {
  const kern = labourCore(catalogus, evaluatie)
  return evaluatie.ontbrekendeKern.filter((code) => kern.includes(code))
}

/**
 * Core questions on labour that keep the control from counting for the norm.
 * @param {ReturnType<import('./catalogus.mjs').buildCatalogue>} catalogus
 * @param {{ objecttype: string, openItems: string[], waarden: Record<string, unknown> }} evaluatie
 * @returns {string[]}
 */
export function uncountedLabourCore(catalogus, evaluatie) {
  const established = (waarde) => waarde !== undefined && waarde !== NIET_VASTGESTELD
  return labourCore(catalogus, evaluatie).filter((code) => !established(evaluatie.waarden[code]))
}

function labourCore({ rekenregel, regels }, { objecttype, openItems }) {
  const { lijst, objecttypen } = rekenregel.arbeidslijst
  if (!objecttypen.includes(objecttype)) return []
  return openItems.filter((code) => code.startsWith(`${lijst}-`) && regels.get(code).item.kern.includes(objecttype))
}
