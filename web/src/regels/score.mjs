// The scoring rule on the tablet, without network; the same as on the server (app/checklists/rules/scoring.py).
//
// The first rule that fits applies. Weights, maxima and thresholds come from the rekenregel that the control keeps.
// Nothing of this is shown before the inspectors have left.

const UITKOMSTEN = ['acuut', 'spoed', 'regulier', 'advies', 'geen']

/**
 * @typedef {{ item: string, gewicht: string, antwoord: string }} Treffer
 * @typedef {{ datum: string, punten: number }} EerdereControle  datum as yyyy-mm-dd
 * @param {object} rekenregel as the content file holds it
 * @param {Map<string, { groep: string, vrijwillig?: boolean }>} items by code
 * @param {Treffer[]} treffers
 * @param {string} datum business date of the control, yyyy-mm-dd
 * @param {{ nietVastgesteld?: string[], eerdere?: EerdereControle[], keuzeGeenSignaal?: boolean,
 *   eerderGeenSignaal?: number }} [verleden]
 */
export function score(rekenregel, items, treffers, datum, verleden = {}) {
  const perGroep = countPoints(rekenregel, items, treffers)
  const punten = [...perGroep.values()].reduce((som, aantal) => som + aantal, 0)
  const groepen = [...perGroep]
    .filter(([code, n]) => n > 0 && rekenregel.groepen[code].teltAlsGroep)
    .map(([code]) => code)
  const zwijgt = isSilent(rekenregel, items, treffers, verleden.nietVastgesteld ?? [])
  const uitkomst =
    forced(rekenregel, treffers) ??
    regular(rekenregel, treffers, punten, groepen) ??
    stacked(rekenregel, punten, datum, verleden.eerdere ?? []) ??
    advised(rekenregel, punten, zwijgt, verleden) ??
    'geen'
  const terug = zwijgt && uitkomst === 'advies'
  return { uitkomst, punten, groepen, hercontroleDagen: terug ? rekenregel.zwijgendePloeg.hercontroleDagen : null }
}

function countPoints(rekenregel, items, treffers) {
  const som = new Map()
  for (const { item, gewicht } of treffers) {
    const { groep } = items.get(item)
    const telt = rekenregel.groepen[groep].teltAlsGroep || item === rekenregel.nietPluis.item
    som.set(groep, (som.get(groep) ?? 0) + (telt ? rekenregel.gewichten[gewicht].punten : 0))
  }
  for (const [groep, aantal] of som) som.set(groep, Math.min(aantal, rekenregel.maximumPerGroep))
  return som
}

function hits(treffers, eis) {
  return treffers.some(({ item, antwoord }) => item === eis.item && antwoord === eis.antwoord)
}

function forced(rekenregel, treffers) {
  const afgedwongen = treffers.map(({ gewicht }) => rekenregel.gewichten[gewicht].dwingtAf)
  return UITKOMSTEN.find((uitkomst) => afgedwongen.includes(uitkomst))
}

function regular(rekenregel, treffers, punten, groepen) {
  const { regulier, nietPluis } = rekenregel
  const genoeg = punten >= regulier.punten && groepen.length >= regulier.groepen
  return genoeg || hits(treffers, nietPluis) ? 'regulier' : undefined
}

function stacked({ stapelen }, punten, datum, eerdere) {
  if (punten < stapelen.puntenHuidige) return undefined
  const vanaf = monthsBefore(datum, stapelen.maanden)
  const mee = eerdere.filter((c) => vanaf <= c.datum && c.datum <= datum && c.punten > 0)
  const totaal = mee.reduce((som, c) => som + c.punten, punten)
  return totaal >= stapelen.punten && mee.length + 1 >= stapelen.controles ? 'regulier' : undefined
}

function advised(rekenregel, punten, zwijgt, { keuzeGeenSignaal = false, eerderGeenSignaal = 0 }) {
  if (punten < rekenregel.advies.punten && !zwijgt) return undefined
  const keer = eerderGeenSignaal + 1
  return keuzeGeenSignaal && keer >= rekenregel.keuzeGeenSignaal.vanafKeer ? 'regulier' : 'advies'
}

function isSilent({ zwijgendePloeg }, items, treffers, nietVastgesteld) {
  const stil = [...new Set(nietVastgesteld)].filter((code) => items.get(code)?.vrijwillig).length
  return hits(treffers, zwijgendePloeg) && stil >= zwijgendePloeg.vrijwilligNietVastgesteld
}

/** The same day a number of calendar months earlier, or the last day of that month; yyyy-mm-dd. */
export function monthsBefore(datum, maanden) {
  const [jaar, maand, dag] = datum.split('-').map(Number)
  const laatste = new Date(Date.UTC(jaar, maand - maanden, 0)).getUTCDate()
  return new Date(Date.UTC(jaar, maand - 1 - maanden, Math.min(dag, laatste))).toISOString().slice(0, 10)
}
