// Text made plain for the text filter, the same as on the server (app/core/text_normal.py): tricks and accidents of writing are
// undone, times, dates and amounts set aside. What comes out is only looked at, never stored.

/** Python's classes in a JavaScript pattern: letters of every script are word characters there, and `$` stands before a last new line. */
export function pattern(bron: string, vlaggen = 'g'): RegExp {
  let binnen = false
  let uit = ''
  for (let plek = 0; plek < bron.length; plek += 1) {
    const teken = bron[plek] as string
    const paar = teken === '\\' ? bron.slice(plek, plek + 2) : ''
    if (paar) plek += 1
    if (paar === '\\w') uit += binnen ? WOORD : `[${WOORD}]`
    else if (paar === '\\W') uit += `[^${WOORD}]`
    else if (paar === '\\b') uit += `(?:(?<=[${WOORD}])(?![${WOORD}])|(?<![${WOORD}])(?=[${WOORD}]))`
    else if (paar) uit += paar
    else if (teken === '$' && !binnen) uit += '(?=\\n?$)'
    else {
      if (teken === '[') binnen = true
      if (teken === ']') binnen = false
      uit += teken
    }
  }
  return new RegExp(uit, `${vlaggen}u`)
}

const WOORD = '\\p{L}\\p{N}_'
const MEESTE_GROEPEN = 14
const CIJFERWOORDEN: Record<string, string> = {
  nul: '0',
  een: '1',
  één: '1',
  twee: '2',
  drie: '3',
  vier: '4',
  vijf: '5',
  zes: '6',
  zeven: '7',
  acht: '8',
  negen: '9',
}
const CIJFERWOORD = Object.keys(CIJFERWOORDEN).join('|')
const UITGESCHREVEN = pattern(String.raw`\b(?:(?:${CIJFERWOORD}|\d+)[\s,.;-]+){3,}(?:${CIJFERWOORD}|\d+)\b`, 'gi')
const GESPATIEERD = pattern(String.raw`(?<![\w])\d(?:[^\w\n+]{1,3}\d){6,}(?!\w)`)
const TIJD = pattern(
  String.raw`(?<![\d.:])(?:[01]?\d|2[0-4])(?::[0-5]\d|\.(?:00|15|30|45)|[.:][0-5]\d(?=\s?u))(?![.:]?\d)|` +
    String.raw`(?<!\d)(?:[01]?\d|2[0-4])\s?u(?:ur)?\s?(?:[0-5]\d)?\b`,
)
const DATUM = pattern(
  String.raw`(?<![\d-])(?:\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d|-\d)`,
)
const BEDRAG = pattern(
  String.raw`(?:€|\beuro?)\s?\d{1,3}(?:\.?\d{3})*(?:,(?:\d\d|-+))?(?![\d])(?!\s?\d)|` +
    String.raw`(?<![\d.,])\d{1,3}(?:\.\d{3})*(?:,(?:\d\d|-+))?\s?(?:€|euro?\b)`,
  'gi',
)
const REEKS = /(?:\+[ (]{0,2})?\d+(?:[ .\-/_*()|]{1,3}\d+)*/gu
const REEKS_KOMMA = /(?:\+[ (]{0,2})?\d+(?:[ .,;\-/_*()|]{1,3}\d+)*/gu
const ONZICHTBAAR = /[\p{Cf}\p{Mn}\p{Me}\p{Cc}\p{Co}\p{Cn}]/u
const CIJFER = /^\p{Nd}$/u

/** `nummers` is the text without times, dates and amounts, for whoever looks for numbers. */
export interface Kaal {
  tekst: string
  nummers: string
}

/** One form of each letter and digit, nothing invisible, spelled-out and spaced-out digits joined. */
export function normalise(tekst: string): Kaal {
  const tekens = [...tekst.normalize('NFKD')].filter((teken) => '\n\t\r'.includes(teken) || !ONZICHTBAAR.test(teken))
  const glad = tekens
    .map(plainCharacter)
    .join('')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(UITGESCHREVEN, spellBack)
  const zonder = [DATUM, TIJD, BEDRAG].reduce((rest, soort) => rest.replace(soort, ' ; '), glad)
  return { tekst: glad.replace(GESPATIEERD, digitsOf), nummers: zonder.replace(GESPATIEERD, digitsOf) }
}

/** All numbers of `kortste` to `langste` characters that neighbouring groups of digits make together, a leading plus included. */
export function* subruns(tekst: string, kortste: number, langste: number, komma = false): Generator<string> {
  for (const [reeks] of tekst.matchAll(komma ? REEKS_KOMMA : REEKS)) {
    const groepen = reeks.match(/\d+/gu) ?? []
    const plus = reeks.startsWith('+') ? '+' : ''
    for (let eerste = 0; eerste < groepen.length; eerste += 1) {
      let nummer = eerste === 0 ? plus : ''
      for (const groep of groepen.slice(eerste, eerste + MEESTE_GROEPEN)) {
        nummer += groep
        if (nummer.length > langste) break
        if (nummer.length < kortste) continue
        yield nummer
        if (nummer.startsWith('+')) yield nummer.slice(1)
      }
    }
  }
}

function plainCharacter(teken: string): string {
  if (teken >= '0' && teken <= '9') return teken
  if (CIJFER.test(teken)) return digitOf(teken)
  return /^(?:\p{Pd}|\u2212)$/u.test(teken) ? '-' : teken
}

/** Digits of a script stand ten in a row from its zero (Unicode), so counting back to the start of the row gives the value. */
function digitOf(teken: string): string {
  const punt = teken.codePointAt(0) as number
  let terug = 0
  while (CIJFER.test(String.fromCodePoint(punt - terug - 1))) terug += 1
  return String(terug % 10)
}

function spellBack(stuk: string): string {
  return stuk
    .split(/[\s,.;-]+/u)
    .map((deel) => CIJFERWOORDEN[deel.toLowerCase()] ?? deel)
    .join(' ')
}

const digitsOf = (stuk: string): string => stuk.replace(/\D/gu, '')
