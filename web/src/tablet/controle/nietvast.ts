// What may not be written down at a question, in words for who stands at a door. What is published never changes and speaks in the terms
// of the office; a code that is not known here is said in those.

import { neutral } from './items'

const WOORDEN: Record<string, string> = {
  V1: 'Niets waaraan iemand een sekswerker herkent: geen naam, nummer, adres, foto of advertentie.',
  V2: 'Niets over wie een mogelijk slachtoffer is. Alleen aantallen.',
  V3: 'Niets over iemands gezondheid. Alleen of u iets zag: ja of nee.',
  V4: 'Geen nationaliteit, afkomst, geloof of verblijfsrecht. Taal alleen om een tolk te regelen.',
  V5: 'Geen mensen, papieren of schermen op de foto. Vervaag persoonlijke spullen.',
  V6: 'Niets over strafbare feiten of een verdenking. Noem een ondernemer alleen met zijn vergunningnummer of KvK-nummer. Bij een eenmanszaak geen KvK-nummer, bij een woning geen van beide.',
  V7: 'Niets over wie iets meldde. Zoek ook niet uit van wie een tip komt.',
  V8: 'Niets over iemand die jonger dan 18 is. Alleen dat iemand jonger lijkt.',
  V9: 'Geen kopie, foto of nummer van een paspoort of ID-kaart. Geen BSN.',
  V10: 'Geen loonstrook, bankgegevens of bedragen per persoon. Alleen het hoogste bedrag dat iemand noemt.',
  V11: 'Alleen wat u zag of letterlijk hoorde. Geen namen, nummers, kentekens of links.',
}

/** The rules of a question in words, in their order; a rule without words is left out. */
export const forbidden = (codes: readonly string[], regels: Readonly<Record<string, string>>): string[] =>
  codes.map((code) => WOORDEN[code] ?? neutral(regels[code] ?? '')).filter(Boolean)
