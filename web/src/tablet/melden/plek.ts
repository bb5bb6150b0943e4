// A place as somebody fills it in: an address, or a point where nothing has an address.

import type { Sessie } from '../../kern/contract'
import { deur, plaats } from '../woorden'

export interface Plek {
  postcode: string
  huisnummer: string
  huisletter: string
  toevoeging: string
  straat: string
  woonplaats: string
  bagId: string | null
  /** Of the address that was found; null when it was typed. */
  gemeentecode: string | null
  /** Longitude and latitude; only after a tap on "hier". */
  punt: [number, number] | null
  omschrijving: string
  soort: 'adres' | 'punt'
}

export const LEGE_PLEK: Plek = {
  postcode: '',
  huisnummer: '',
  huisletter: '',
  toevoeging: '',
  straat: '',
  woonplaats: '',
  bagId: null,
  gemeentecode: null,
  punt: null,
  omschrijving: '',
  soort: 'adres',
}

const POSTCODE = /^[1-9]\d{3}\s?[A-Za-z]{2}$/
const NUMMER = /^[1-9]\d{0,4}$/

/** Postcode without blank and in capitals; empty when it is none. */
export const postcodeVan = (plek: Plek): string =>
  POSTCODE.test(plek.postcode.trim()) ? plek.postcode.replace(/\s/g, '').toUpperCase() : ''

export const nummerVan = (plek: Plek): number | null =>
  NUMMER.test(plek.huisnummer.trim()) ? Number(plek.huisnummer.trim()) : null

/** Whether postcode and number are there: all that a search needs, and a gut feeling. */
export const heeftNummer = (plek: Plek): boolean => postcodeVan(plek) !== '' && nummerVan(plek) !== null

/** What is missing before a control or a flag can be made here; null when nothing is. */
export function plekGebrek(plek: Plek): string | null {
  if (plek.soort === 'punt') return plek.punt === null ? 'Tik op "Hier" of vul een adres in.' : null
  if (postcodeVan(plek) === '') return 'Vul de postcode in, bijvoorbeeld 1234 AB.'
  if (nummerVan(plek) === null) return 'Vul het huisnummer in, alleen cijfers.'
  if (plek.straat.trim() === '') return 'Vul de straat in.'
  if (plek.woonplaats.trim() === '') return 'Vul de woonplaats in.'
  return null
}

/** The address as the protocol takes it. */
export function adresVan(plek: Plek) {
  return {
    straat: plek.straat.trim(),
    huisnummer: nummerVan(plek) ?? 0,
    huisletter: plek.huisletter.trim().toUpperCase(),
    toevoeging: plek.toevoeging.trim().toUpperCase(),
    postcode: postcodeVan(plek),
    woonplaats: plek.woonplaats.trim(),
    ...(plek.bagId === null ? {} : { bagId: plek.bagId }),
  }
}

/** Postcode and number only: for who cannot search the stock. */
export function kortAdresVan(plek: Plek) {
  const { postcode, huisnummer, huisletter, toevoeging } = adresVan(plek)
  return { postcode, huisnummer, huisletter, toevoeging }
}

export const puntVan = (plek: Plek) => ({ type: 'Point' as const, coordinates: [...(plek.punt ?? [])] })

/** In words, for the screens of this tablet. */
export function plekTekst(plek: Plek): string {
  if (plek.soort === 'punt') return plek.omschrijving.trim() || 'Plek zonder adres'
  const adres = adresVan(plek)
  return `${deur(adres)}, ${plaats(adres)}`
}

/** The municipality of the place, where one works there; else one's own. */
export const gemeenteVan = ({ gemeentecode }: Plek, sessie: Sessie | null): string | null =>
  gemeentecode !== null && sessie?.gemeenten.includes(gemeentecode) ? gemeentecode : (sessie?.gemeentecode ?? null)
