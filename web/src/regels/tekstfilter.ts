// Finds what free text may not hold, before anything is stored; the same kinds and outcomes as the service
// (app/core/text_filter.py, checklists/tekstfilter.json holds the texts on which both must agree).
//
// A hit says what to leave out and never repeats the text. The filter helps somebody who writes in a hurry; it cannot know a name.

import { validate as validateBsn } from 'stdnum/lib/esm/nl/bsn'
import IBAN_LANDEN from './iban-landen.json'
import { type Kaal, normalise, pattern, subruns } from './tekstnormaal'

export type Treffersoort =
  | 'bsn'
  | 'documentnummer'
  | 'telefoonnummer'
  | 'e-mailadres'
  | 'iban'
  | 'kenteken'
  | 'link'
  | 'geboortedatum'
export type Filterreden = 'vals-alarm' | 'gegeven-van-bedrijf' | 'gegeven-van-overheid'
export type Filteroordeel = 'goed' | 'waarschuwen' | 'weigeren'

export const MELDINGEN: Record<Treffersoort, string> = {
  bsn: 'De tekst bevat een burgerservicenummer. Laat het nummer weg.',
  documentnummer: 'De tekst bevat het nummer van een identiteitsbewijs. Laat het nummer weg.',
  telefoonnummer: 'De tekst bevat een telefoonnummer. Laat het nummer weg.',
  'e-mailadres': 'De tekst bevat een e-mailadres. Laat het adres weg.',
  iban: 'De tekst bevat een bankrekeningnummer. Laat het nummer weg.',
  kenteken: 'De tekst bevat een kenteken. Laat het kenteken weg; noem zo nodig alleen het soort voertuig.',
  link: 'De tekst bevat een link of een accountnaam van een website. Laat die weg.',
  geboortedatum: 'De tekst bevat een geboortedatum. Laat de datum weg.',
}

/**
 * What `tekst` may not hold; empty when it may be kept.
 * @param vrij numbers that the object itself is known by; they are no person's
 * @param jaar the year of writing: a date of the last eight years is no date of birth by itself
 */
export function checkText(
  tekst: string,
  vrij: readonly string[] = [],
  jaar = new Date().getFullYear(),
): Treffersoort[] {
  const kaal = normalise(tekst)
  const bekend = new Set(vrij.map(alphanumeric).filter(Boolean))
  const zoekers: [Treffersoort, () => boolean][] = [
    ['bsn', () => hasBsn(kaal, bekend)],
    ['documentnummer', () => hasDocument(kaal, bekend)],
    ['telefoonnummer', () => hasPhone(kaal, bekend)],
    ['e-mailadres', () => has(EMAIL, kaal.tekst)],
    ['iban', () => hasIban(kaal)],
    ['kenteken', () => hasPlate(kaal, bekend)],
    ['link', () => has(URL, kaal.tekst)],
    ['geboortedatum', () => hasBirthDate(kaal, jaar)],
  ]
  return zoekers.filter(([, gevonden]) => gevonden()).map(([soort]) => soort)
}

/** Where sex is sold and where people live no reason helps; elsewhere a reason keeps the text. */
export function refuseOrWarn(treffers: readonly Treffersoort[], streng: boolean, reden?: string): Filteroordeel {
  if (treffers.length === 0) return 'goed'
  if (streng) return 'weigeren'
  return reden ? 'goed' : 'waarschuwen'
}

const STRENG = new Set(['SEKS', 'MASS', 'WON'])
const WOONRUIMTE = 'woning of bewoond deel'

/** @param ruimte the answer to the question what kind of space it is (BEV-01) */
export const isStrict = (objecttype: string, ruimte: unknown): boolean =>
  STRENG.has(objecttype) || ruimte === WOONRUIMTE

const alphanumeric = (tekst: string): string => tekst.toUpperCase().replace(/[^A-Z0-9]/gu, '')
const has = (soort: RegExp, tekst: string): boolean => tekst.search(soort) >= 0

// Regions of the Dutch number plan, and the numbers of mobile, VoIP and business lines; 0800 and 0900 are public services.
const NETNUMMER =
  String.raw`(?:1[0358]|2[0346]|3[03568]|4[0356]|5[0358]|7\d|8[4578]|91)\d{7}|` +
  '(?:11[1-8]|16[1-8]|17[248]|18[0-7]|22[2-9]|25[125]|29[479]|31[3-8]|32[01]|34[1-8]|41[1-8]|47[58]|48[1-8]|49[235-9]|' +
  String.raw`51[1-9]|52[1-9]|54[1-8]|56[126]|57[0-8]|59[1-9])\d{6}|` +
  String.raw`6[1-68]\d{7}`
const TELEFOON = new RegExp(
  String.raw`^(?:0(?:${NETNUMMER})|0031[1-9]\d{8}|00310[1-9]\d{8}|00[1-9]\d{9,12}|\+[1-9]\d{8,14})$`,
  'u',
)

function hasPhone({ nummers }: Kaal, bekend: ReadonlySet<string>): boolean {
  return [...subruns(nummers, 9, 17, true)].some((reeks) => TELEFOON.test(reeks) && !bekend.has(reeks))
}

function hasBsn({ nummers }: Kaal, bekend: ReadonlySet<string>): boolean {
  return [...subruns(nummers, 9, 9)].some(
    (reeks) => /^\d+$/u.test(reeks) && Number(reeks) > 0 && validateBsn(reeks).isValid && !bekend.has(reeks),
  )
}

const OVER_DOCUMENT =
  '(?:paspoort|rijbewijs|id-?kaart|identiteits(?:kaart|bewijs)|verblijfs(?:document|vergunning|kaart)|' +
  String.raw`document(?:nummer|nr)|v-?nummer|vreemdelingennummer)\w*`
const GENOEMD_DOCUMENT = pattern(
  String.raw`\b${OVER_DOCUMENT}[^\w\n]+(?:(?:nummer|nr|is|met|no)[^\w\n]+){0,3}(?=(?:[a-z]*\d){4})[a-z0-9]{6,12}\b`,
  'gi',
)
const DOCUMENT = pattern(String.raw`(?<![\w-])[A-NP-Z]{2}[ .-]?(?:[A-NP-Z0-9][ .-]?){6}\d(?![\w-])`, 'gi')

function hasDocument({ nummers }: Kaal, bekend: ReadonlySet<string>): boolean {
  return (
    has(GENOEMD_DOCUMENT, nummers) || [...nummers.matchAll(DOCUMENT)].some(([stuk]) => isDocumentNumber(stuk, bekend))
  )
}

function isDocumentNumber(stuk: string, bekend: ReadonlySet<string>): boolean {
  const nummer = alphanumeric(stuk)
  const aaneen = stuk === nummer
  const gemengd = /[A-Z]/u.test(nummer.slice(2, 8)) && nummer.replace(/\D/gu, '').length >= 3
  const hoofdletters = /[A-Z]/u.test(stuk) && stuk === stuk.toUpperCase()
  // Permit numbers look alike (two letters, a year, a sequence): they hold a zero, new passports do not.
  const alsPaspoort = aaneen ? gemengd : hoofdletters && gemengd && !stuk.includes(' ')
  const kan = alsPaspoort || (aaneen && !nummer.includes('0'))
  return kan && /^[A-NP-Z]{2}[0-9A-NP-Z]{6}\d$/u.test(nummer) && !bekend.has(nummer)
}

const IBAN_BEGIN = /(?<![A-Z0-9])[A-Z][^\p{L}\p{N}_]?[A-Z][^\p{L}\p{N}_]?\d[^\p{L}\p{N}_]?\d/gu
const IBAN_VORMEN = new Map(
  Object.entries(IBAN_LANDEN).map(([land, vorm]) => [
    land,
    new RegExp(`^${vorm.replace(/(\d+)([nac])/gu, (_, n, soort) => `${IBAN_TEKENS(soort)}{${n}}`)}$`, 'u'),
  ]),
)

function IBAN_TEKENS(soort: string): string {
  return { n: '[0-9]', a: '[A-Z]' }[soort] ?? '[A-Z0-9]'
}

function hasIban({ tekst }: Kaal): boolean {
  const hoofdletters = tekst.toUpperCase()
  return [...hoofdletters.matchAll(IBAN_BEGIN)].some(({ index }) => {
    const aaneen = alphanumeric(hoofdletters.slice(index, index + 100))
    for (let lengte = 15; lengte < 35; lengte += 1) if (isIban(aaneen.slice(0, lengte))) return true
    return false
  })
}

/** Structure of the country, and ISO 7064 mod 97. */
function isIban(nummer: string): boolean {
  if (!IBAN_VORMEN.get(nummer.slice(0, 2))?.test(nummer.slice(4))) return false
  let rest = 0
  for (const teken of nummer.slice(4) + nummer.slice(0, 4)) {
    const waarde = Number.parseInt(teken, 36)
    rest = (rest * (waarde > 9 ? 100 : 10) + waarde) % 97
  }
  return rest === 1
}

const EMAIL = pattern(
  String.raw`(?<![\w.+%-])[\w.+%-]+ ?(?:@|\(at\)|\[at\]|\{at\}|\(apenstaartje\)) ?[\w-]+` +
    String.raw`(?: ?(?:\.|\(dot\)|\[dot\]|\(punt\)|\[punt\]) ?[\w-]+)+|` +
    String.raw`(?<![\w.+%-])[\w.+%-]+ (?:at|apenstaartje) [\w-]+ (?:dot|punt) [a-z]{2,6}\b`,
  'gi',
)
const TLD = '(?:nl|com|net|org|eu|info|biz|xxx|app|io|tv|site|online|shop|club|live|link|sex|porn|escort|vip)'
const URL = pattern(
  String.raw`\bh(?:tt|xx)ps?\s?:\s?/\s?/|\bwww\s?\.\s?\w|` +
    String.raw`(?<![\w@.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.${TLD}\b|` +
    String.raw`(?<![\w-])[a-z0-9-]{1,63}\.[a-z]{2,3}/\w|` +
    String.raw`(?<![\w-])[a-z0-9-]{2,63} ?(?:\(dot\)|\[dot\]|\(punt\)|\[punt\]| dot | punt ) ?${TLD}\b|` +
    String.raw`(?<![\w@.])@[a-z_][\w.]{2,}`,
  'gi',
)

const MEDEKLINKER = '[BDFGHJKLMNPRSTVWXZ]' // plates since 1978 hold no vowels, no C and no Q
const KENTEKENS = [
  '222LDL 222LLD 222DLL 231DLD 132DLD 231LDL 132LDL 321LDL 123LDL 123DLD 321DLD 321LLD 123DLL',
].flatMap((rij) => rij.split(' '))

function plate(tussen: string, kentekens: string[]): string {
  const part = (soort: string, aantal: string) => `${soort === 'L' ? MEDEKLINKER : '[0-9]'}{${aantal}}`
  return kentekens
    .map((vorm) => [0, 1, 2].map((deel) => part(vorm[deel + 3] as string, vorm[deel] as string)).join(tussen))
    .join('|')
}

const KENTEKEN_STREEP = pattern(
  String.raw`(?<![\w-])(?:${plate('-', KENTEKENS)}|[0-9]{2}-[A-Z]{2}-[0-9]{2})(?![\w-])`,
  'gi',
)
const KENTEKEN_LOS = pattern(
  `(?<![\\w-])(?:${plate(
    '[ .]?',
    KENTEKENS.filter((vorm) => !vorm.startsWith('222') || vorm === '222LDL'),
  )}|[0-9]{2}[ .]?${MEDEKLINKER}{2}[ .]?[0-9]{2})(?![\\w-])`,
)
const GENOEMD_KENTEKEN = pattern(
  String.raw`\b(?:kenteken\w*|nummerbord\w*)[^\w\n]+(?:(?:is|nr|nummer|met|van|de|het|auto|bus|busje)[^\w\n]+){0,3}` +
    String.raw`(?=(?:[a-z0-9][ .-]?){5,8}\b)(?=[ .a-z-]*\d)(?=[ .0-9-]*[a-z])` +
    String.raw`[a-z0-9]{1,4}[ .-]?[a-z0-9]{1,4}(?:[ .-]?[a-z0-9]{1,4})?\b`,
  'gi',
)

function hasPlate({ tekst }: Kaal, bekend: ReadonlySet<string>): boolean {
  const gevonden = [KENTEKEN_STREEP, KENTEKEN_LOS].flatMap((soort) => [...tekst.matchAll(soort)].map(([stuk]) => stuk))
  return gevonden.some((stuk) => !bekend.has(alphanumeric(stuk))) || has(GENOEMD_KENTEKEN, tekst)
}

const MAAND = String.raw`(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?`
const DATUM = pattern(
  String.raw`(?<![\w-])(?:(?:0?[1-9]|[12]\d|3[01])[-/. ]{1,2}(?:0?[1-9]|1[0-2]|${MAAND})[-/. ]{1,2}(?<eind>(?:19|20)\d\d|['’]?\d\d)|` +
    String.raw`(?<begin>(?:19|20)\d\d)[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))(?![\w-])`,
  'gi',
)
const GEBOREN = pattern(
  String.raw`\b(?:geb|geboren|geboortedatum|geboortedag|geb\.?datum|gbd|dob|jarig|verjaar\w*)\b[^\d\n]{0,25}$`,
  'i',
)
const GEBOREN_AANEEN = pattern(String.raw`\b(?:geb\w*|gbd|dob)\b\W{0,4}(?:datum\W{0,3})?\d{6,8}\b`, 'gi')
const OVER_PLEK = pattern(
  String.raw`\b(?:vergun\w*|sinds|verleend|afgegeven|ingangsdatum|besluit|brief|verordening|apv|wet|bouwjaar|gebouwd|opgericht|gevestigd|` +
    String.raw`ingeschreven|inschrijving|contract|geopend|controle|keuring|gekeurd|verlopen|geldig|datum|tot|t/m|verbouwd)\b[^\d\n]{0,25}$`,
  'i',
)

function hasBirthDate({ tekst }: Kaal, ditJaar: number): boolean {
  if (has(GEBOREN_AANEEN, tekst)) return true
  return [...tekst.matchAll(DATUM)].some((gevonden) => {
    const ervoor = tekst.slice(Math.max(0, gevonden.index - 60), gevonden.index)
    if (has(GEBOREN, ervoor)) return true
    const jaar = gevonden.groups?.begin ?? gevonden.groups?.eind ?? ''
    return jaar.length === 4 && Number(jaar) >= 1920 && Number(jaar) <= ditJaar - 8 && !has(OVER_PLEK, ervoor)
  })
}
