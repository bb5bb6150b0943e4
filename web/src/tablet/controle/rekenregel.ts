// What the tablet needs of the scoring rule (checklists/rekenregel-*.yaml). It comes with the day and is never part of the app itself:
// thresholds are for the field only (MON-13).

export interface Rekenregel {
  versie: number
  gewichten: Record<string, { punten: number; dwingtAf?: string | null }>
  groepen: Record<string, { naam: string; teltAlsGroep: boolean }>
  maximumPerGroep: number
  regulier: { punten: number; groepen: number }
  advies: { punten: number }
  nietPluis: { item: string; antwoord: string }
  stapelen: { punten: number; controles: number; maanden: number; puntenHuidige: number }
  keuzeGeenSignaal: { vanafKeer: number }
  zwijgendePloeg: { item: string; antwoord: string; vrijwilligNietVastgesteld: number; hercontroleDagen: number }
  partnerItem: string
  /** What is still taken after a possible offence closed the list; the service goes by the same (RPT-02). */
  blijftOpen: string[]
  arbeidslijst: { lijst: string; objecttypen: string[] }
  eenheden: Record<string, { heel: boolean; maximum: number }>
  tekstMaximum: number
  fotoMaximum: number
  normnamen: Record<string, string>
  vCodes: Record<string, string>
}
