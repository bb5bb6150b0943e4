// Whether one answer is possible for its item, the same as on the server (app/checklists/rules/answers.py).
//
// The reasons are shown to the inspector and never repeat what was entered.

import { NIET_VASTGESTELD } from './cel.mjs'

/** @typedef {{ waarde?: string | number | string[], fout?: string }} Antwoord  neither: not answered */

/**
 * Read an answer as it was entered; anything may come in, nothing is thrown.
 * @param {object} item as the API describes it
 * @param {unknown} ruw
 * @param {object} rekenregel units and limits
 * @returns {Antwoord}
 */
export function readAnswer(item, ruw, rekenregel) {
  if (ruw === null || ruw === undefined || ruw === '' || (Array.isArray(ruw) && ruw.length === 0)) return {}
  switch (item.antwoordtype) {
    case 'getal':
      return readNumber(item, ruw, rekenregel)
    case 'tekst':
      return readText(ruw, rekenregel.tekstMaximum)
    case 'foto':
      return readPhotos(ruw, rekenregel.fotoMaximum)
    case 'taak':
      return { fout: 'Dit is een taak voor kantoor, geen vraag.' }
    default:
      return item.meervoudig ? readChoices(item, ruw) : readChoice(item, ruw)
  }
}

function readChoice(item, ruw) {
  if (typeof ruw === 'string' && (ruw === NIET_VASTGESTELD || item.keuzes.includes(ruw))) return { waarde: ruw }
  return { fout: 'Dit antwoord is geen keuze bij deze vraag.' }
}

function readChoices(item, ruw) {
  const gekozen = typeof ruw === 'string' ? [ruw] : ruw
  if (!Array.isArray(gekozen) || !gekozen.every((keuze) => typeof keuze === 'string')) {
    return { fout: 'Hier hoort een lijst met keuzes.' }
  }
  const uniek = [...new Set(gekozen)]
  if (!uniek.every((keuze) => keuze === NIET_VASTGESTELD || item.keuzes.includes(keuze))) {
    return { fout: 'Een van de antwoorden is geen keuze bij deze vraag.' }
  }
  if (uniek.length > 1 && (uniek.includes(NIET_VASTGESTELD) || uniek.includes(item.alleenOptie))) {
    return { fout: 'Deze keuzes spreken elkaar tegen.' }
  }
  return { waarde: uniek[0] === NIET_VASTGESTELD ? NIET_VASTGESTELD : uniek }
}

function readNumber(item, ruw, rekenregel) {
  if (ruw === NIET_VASTGESTELD) return { waarde: NIET_VASTGESTELD }
  if (typeof ruw !== 'number') return { fout: 'Hier hoort een getal.' }
  if (!Number.isFinite(ruw)) return { fout: 'Dit is geen bruikbaar getal.' }
  const eenheid = rekenregel.eenheden[item.eenheid ?? '']
  if (ruw < 0 || ruw > eenheid.maximum)
    return { fout: `Het getal moet tussen 0 en ${eenheid.maximum.toFixed(0)} liggen.` }
  if (eenheid.heel && !Number.isInteger(ruw)) return { fout: 'Een aantal is een heel getal.' }
  return { waarde: ruw }
}

function readText(ruw, maximum) {
  if (typeof ruw !== 'string') return { fout: 'Hier hoort tekst.' }
  // Counted in characters as a person and the server count them, not in halves of a surrogate pair.
  if ([...ruw].length > maximum) return { fout: `De tekst is langer dan ${maximum} tekens.` }
  return isReadable(ruw) ? { waarde: ruw } : { fout: 'De tekst bevat onleesbare tekens.' }
}

function readPhotos(ruw, maximum) {
  const namen = typeof ruw === 'string' ? [ruw] : ruw
  if (!Array.isArray(namen) || !namen.every((naam) => typeof naam === 'string' && isReadable(naam))) {
    return { fout: "Hier horen verwijzingen naar foto's." }
  }
  return namen.length > maximum ? { fout: `Ten hoogste ${maximum} foto's.` } : { waarde: namen }
}

/** Half of a surrogate pair cannot be stored. */
function isReadable(tekst) {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(tekst)
}
