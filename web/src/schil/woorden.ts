// Names of records and moments as somebody in the field says them. No word here tells what was found (PLN-19).

const SOORTEN: Record<string, string> = {
  'controle-aangemaakt': 'Nieuwe controle',
  'controle-gestart': 'Begin van een controle',
  ingecheckt: 'Ingecheckt',
  uitgecheckt: 'Uitgecheckt',
  antwoorden: 'Antwoord',
  acuut: 'Acuut',
  keuze: 'Keuze',
  'controle-afgerond': 'Vertrokken',
  poging: 'Niemand binnen',
  sfeerovergang: 'Lijst gestopt',
  belmoment: 'Gebeld',
  hulpaanbod: 'Hulp aangeboden',
  ronde: 'Ronde',
  vlag: 'Melding van een adres',
  signaal: 'Melding',
  exploitantgesprek: 'Gesprek met exploitant',
}

export const soortnaam = (soort: string): string => SOORTEN[soort] ?? 'Bericht'

const KLOK = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Amsterdam' })

export const tijdstip = (moment: string): string => KLOK.format(new Date(moment))
