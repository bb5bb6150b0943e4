// The words of the screens for the codes of the service.

import type { PakketControle } from '../kern/contract'

type Soort = PakketControle['object']['type']
type Adres = Pick<
  PakketControle['object']['adres'],
  'straat' | 'huisnummer' | 'huisletter' | 'toevoeging' | 'postcode' | 'woonplaats'
>

export const OBJECTTYPEN: Record<Soort, string> = {
  SEKS: 'Seksinrichting',
  MASS: 'Massagesalon',
  HOR: 'Horeca',
  BEDR: 'Bedrijf',
  WON: 'Woning',
  LOG: 'Huisvesting van werkenden',
  HOT: 'Hotel',
}

export const AANLEIDINGEN: Record<PakketControle['aanleiding'], string> = {
  norm: 'Gewone controle',
  risicoadres: 'Adres uit de planning',
  hercontrole: 'Hercontrole',
  melding: 'Na een melding',
  'eigen-analyse': 'Eigen waarneming',
  vergunning: 'Vanwege de vergunning',
  'integrale-actie': 'Integrale actie',
  woongebruik: 'Gebruik van de woning',
}

export const VERGUNNINGEN: Record<PakketControle['object']['vergunningen'][number]['soort'], string> = {
  seksinrichting: 'Seksinrichting',
  'horeca-exploitatie': 'Exploitatie horeca',
  alcohol: 'Alcohol',
  massagesalon: 'Massagesalon',
  verhuur: 'Verhuur',
  logies: 'Logies',
  overig: 'Andere vergunning',
}

export const MAATREGELEN: Record<PakketControle['object']['maatregelen'][number]['soort'], string> = {
  sluiting: 'Sluiting',
  'tijdelijke-sluiting': 'Tijdelijke sluiting',
  'last-onder-dwangsom': 'Last onder dwangsom',
  'last-onder-bestuursdwang': 'Last onder bestuursdwang',
  'bestuurlijke-boete': 'Bestuurlijke boete',
  'intrekking-vergunning': 'Vergunning ingetrokken',
  'weigering-vergunning': 'Vergunning geweigerd',
  vergunningvoorschrift: 'Voorschrift bij de vergunning',
  waarschuwing: 'Waarschuwing',
}

/** Street and number as on the sign at the door. */
export function deur(adres: Pick<Adres, 'straat' | 'huisnummer' | 'huisletter' | 'toevoeging'>): string {
  const toevoeging = adres.toevoeging ? `-${adres.toevoeging}` : ''
  return `${adres.straat} ${adres.huisnummer}${adres.huisletter}${toevoeging}`
}

/** Postcode and town: 1008 XX Veldwachtstad. */
export function plaats(adres: Pick<Adres, 'postcode' | 'woonplaats'>): string {
  return `${adres.postcode.replace(/^(\d{4})\s?/, '$1 ')} ${adres.woonplaats}`
}

/** A capital at the front, for words of the service that stand at the start of a line. */
export const hoofdletter = (tekst: string): string => tekst.charAt(0).toUpperCase() + tekst.slice(1)
