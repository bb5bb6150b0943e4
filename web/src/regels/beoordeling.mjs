// Judges the answers of one control on the tablet, without network; the same as on the server (app/checklists/rules/evaluate.py).
//
// Pure and total: any input gives a result, nothing invalid counts or scores.

import { readAnswer } from './antwoorden.mjs'
import { evaluateFormula, NIET_VASTGESTELD } from './cel.mjs'

export const GELDIG = 'geldig'
export const FOUT = 'fout'
export const TELT_NIET = 'telt niet'
export const SERVERWAARDE = 'serverwaarde'

/**
 * @typedef {{ partners?: string[], gekozen?: string[], aanleiding?: string | null, register?: Record<string, string> }} Situatie
 * @param {ReturnType<import('./catalogus.mjs').buildCatalogue>} catalogus the versions that the control keeps
 * @param {string} objecttype
 * @param {Record<string, unknown>} antwoorden value per item code; null is not answered
 * @param {Record<string, number | null>} normen value per NORM_ name on the date of the control
 * @param {Situatie} situatie what is known about the control beside its answers
 */
export function evaluate(catalogus, objecttype, antwoorden, normen = {}, situatie = {}) {
  const staat = {
    catalogus,
    objecttype,
    situatie,
    regels: catalogus.volgorde.filter((regel) => regel.item.objecttypen.includes(objecttype)),
    oordelen: new Map(),
    waarden: new Map(),
    berekend: new Map(),
    geldt: new Set(),
  }
  for (const [code, ruw] of Object.entries(antwoorden)) read(staat, code, ruw)
  const vooringevuld = prefill(staat)
  const omgeving = celValues(staat, normen)
  const afgewezen = settle(staat, omgeving)
  const nietGeteld = hitsOfRejected(staat, omgeving, afgewezen)
  const gelezen = [...catalogus.regels.values()].filter((regel) => regel.item.objecttypen.includes(objecttype))
  const gesteld = gelezen.filter((regel) => mayBeAsked(staat, regel.item))
  const lijst = gesteld.filter((regel) => isOpen(staat, regel.item))
  return {
    objecttype,
    oordelen: Object.fromEntries(staat.oordelen),
    waarden: Object.fromEntries(staat.waarden),
    berekend: Object.fromEntries(staat.berekend),
    vooringevuld: vooringevuld.filter((code) => staat.waarden.has(code)),
    openItems: lijst.map((regel) => regel.item.code),
    /** All that would be open if everything were chosen. */
    geldt: gesteld.map((regel) => regel.item.code),
    treffers: gelezen.flatMap((regel) => hits(staat, omgeving, regel)),
    nietGeteld,
    nietVastgesteld: [...staat.waarden].filter(([, waarde]) => waarde === NIET_VASTGESTELD).map(([code]) => code),
    ontbrekendeKern: lijst.filter((regel) => isMissing(staat, regel)).map((regel) => regel.item.code),
  }
}

function read(staat, code, ruw) {
  const { catalogus, objecttype, oordelen, waarden } = staat
  const regel = catalogus.regels.get(code)
  const judge = (oordeel, reden = null) => oordelen.set(code, { oordeel, reden })
  if (!regel) judge(FOUT, 'Deze vraag staat niet in de checklist.')
  else if (ruw === null || ruw === undefined) return
  else if (!regel.item.objecttypen.includes(objecttype)) judge(FOUT, 'Deze vraag hoort niet bij dit soort object.')
  else if (regel.berekend) judge(SERVERWAARDE, 'De server berekent dit; het verzonden antwoord telt niet.')
  else if (isBarred(staat, regel.item)) judge(FOUT, 'Deze vraag blijft leeg bij deze aanleiding.')
  else {
    const antwoord = readAnswer(regel.item, ruw, catalogus.rekenregel)
    if (antwoord.fout !== undefined) judge(FOUT, antwoord.fout)
    else if (antwoord.waarde !== undefined) {
      waarden.set(code, antwoord.waarde)
      judge(GELDIG)
    }
  }
}

function isBarred({ situatie }, item) {
  return Boolean(situatie.aanleiding) && item.nietBijAanleiding.includes(situatie.aanleiding)
}

/** An answer of the inspector goes before what object type or planner filled in. */
function prefill({ catalogus, objecttype, regels, situatie, waarden }) {
  const ingevuld = new Map()
  for (const { item } of regels) {
    if (Object.hasOwn(item.vooringevuld, objecttype)) ingevuld.set(item.code, item.vooringevuld[objecttype])
  }
  const partner = catalogus.rekenregel.partnerItem
  const diensten = catalogus.regels.get(partner).item.keuzes.filter((dienst) => situatie.partners?.includes(dienst))
  if (diensten.length > 0) ingevuld.set(partner, diensten)
  const zonder = [...ingevuld.keys()].filter((code) => !waarden.has(code))
  for (const code of zonder) waarden.set(code, ingevuld.get(code))
  return zonder
}

function celValues({ catalogus, waarden }, normen) {
  const omgeving = {}
  for (const regel of catalogus.regels.values()) omgeving[regel.naam] = null
  for (const [code, waarde] of waarden) {
    const regel = catalogus.regels.get(code)
    omgeving[regel.naam] = celValue(regel.item, waarde)
  }
  for (const naam of catalogus.normformules.keys()) {
    const waarde = normen[naam]
    omgeving[naam] = typeof waarde === 'number' && waarde >= 0 ? waarde : null
  }
  return omgeving
}

/** The value in formulas: a number 'niet vastgesteld' is null, a multiple choice is always a list. */
function celValue(item, waarde) {
  if (waarde !== NIET_VASTGESTELD) return waarde
  if (item.antwoordtype === 'getal') return null
  return item.meervoudig ? [NIET_VASTGESTELD] : waarde
}

/** Conditions and calculations in order; an answer whose condition fails counts as empty. */
function settle(staat, omgeving) {
  const afgewezen = new Map()
  for (const regel of staat.regels) {
    const { code } = regel.item
    if (!regel.voorwaarde || evaluateFormula(regel.voorwaarde, omgeving) === true) {
      staat.geldt.add(code)
      if (regel.berekend) calculate(staat, omgeving, regel)
    } else if (staat.waarden.has(code)) {
      afgewezen.set(code, staat.waarden.get(code))
      staat.waarden.delete(code)
      omgeving[regel.naam] = null
      if (staat.oordelen.has(code)) staat.oordelen.set(code, { oordeel: TELT_NIET, reden: whyNot(staat, regel) })
    }
  }
  return afgewezen
}

function calculate({ catalogus, situatie, berekend, waarden }, omgeving, { item, naam, berekening }) {
  const uitkomst = berekening ? evaluateFormula(berekening, omgeving) : situatie.register?.[item.code]
  const { waarde } = readAnswer(item, uitkomst, catalogus.rekenregel)
  if (waarde !== undefined && waarde !== NIET_VASTGESTELD) {
    berekend.set(item.code, waarde)
    waarden.set(item.code, waarde)
    omgeving[naam] = waarde
  }
}

/** Which condition fails, and what to answer first when that is the cause. */
function whyNot({ catalogus, objecttype, waarden }, regel) {
  // In the order of the lists, as a person walks them.
  const eerst = [...catalogus.regels.values()]
    .filter((ander) => ander.item.objecttypen.includes(objecttype) && regel.voorwaarde.variabelen.has(ander.naam))
    .filter(({ item }) => !waarden.has(item.code))
    .map(({ item }) => item.vraag)
  const wacht = eerst.length > 0 ? ` Beantwoord eerst: ${eerst.join(' ')}` : ''
  return `Dit antwoord is bewaard. Het telt alleen mee ${regel.item.voorwaarde.tekst}.${wacht}`
}

function fired(omgeving, { item, triggers }) {
  return triggers
    .filter(({ formule }) => evaluateFormula(formule, omgeving) === true)
    .map(({ gewicht, antwoord, drempel }) => ({ item: item.code, gewicht, antwoord: antwoord ?? drempel }))
}

function hits({ waarden }, omgeving, regel) {
  const waarde = waarden.get(regel.item.code)
  return waarde === undefined || waarde === NIET_VASTGESTELD ? [] : fired(omgeving, regel)
}

function hitsOfRejected({ catalogus }, omgeving, afgewezen) {
  return [...afgewezen].flatMap(([code, waarde]) => {
    const regel = catalogus.regels.get(code)
    if (waarde === NIET_VASTGESTELD || regel.triggers.length === 0) return []
    return fired({ ...omgeving, [regel.naam]: celValue(regel.item, waarde) }, regel)
  })
}

const mayBeAsked = (staat, item) => staat.geldt.has(item.code) && !isBarred(staat, item)

function isOpen({ catalogus, objecttype, situatie, waarden }, item) {
  if (item.kern.includes(objecttype) || waarden.has(item.code) || situatie.gekozen?.includes(item.code)) return true
  const opener = item.opentBij
  if (!opener) return false
  if (opener.partner) {
    const diensten = waarden.get(catalogus.rekenregel.partnerItem)
    return Array.isArray(diensten) && diensten.includes(opener.partner)
  }
  return [waarden.get(opener.item)].flat().some((antwoord) => opener.antwoord.includes(antwoord))
}

function isMissing({ objecttype, waarden }, { item, berekend }) {
  return item.kern.includes(objecttype) && !berekend && item.antwoordtype !== 'taak' && !waarden.has(item.code)
}
