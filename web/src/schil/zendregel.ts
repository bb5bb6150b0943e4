// The line at the foot of every screen: honest about what is where, in a few words.

import type { Slotstand, Zendbericht } from '../kern/contract'

/** Where something was recorded, so that 'everything arrived' says something; a tablet that is new, wiped or lost its store says nothing. */
const INGERICHT: ReadonlySet<Slotstand> = new Set(['open', 'vergrendeld'])

export function zendregel(bericht: Zendbericht, stand: Slotstand): string[] {
  const regels: string[] = []
  if (bericht.schijfVol)
    regels.push('De schijf is vol. Nieuwe antwoorden passen er niet bij. Zoek netwerk of maak ruimte.')
  if (bericht.vraagtAandacht > 0)
    regels.push(`${aantal(bericht.vraagtAandacht, 'bericht vraagt', 'berichten vragen')} aandacht`)
  if (INGERICHT.has(stand) || bericht.wachtend + bericht.fotosTeGaan > 0) regels.push(gang(bericht))
  else if (!bericht.online) regels.push('Geen netwerk')
  if (bericht.anderTabblad) regels.push('Veldwacht staat ook open in een ander venster. Dat venster verstuurt.')
  if (bericht.appBijwerken) regels.push('Deze app is oud. Werk hem bij zodra het kan; alles wordt wel verstuurd.')
  return regels
}

function gang({ online, bezig, wachtend, fotosTeGaan }: Zendbericht): string {
  const delen = [
    wachtend > 0 ? aantal(wachtend, 'bericht', 'berichten') : '',
    fotosTeGaan > 0 ? aantal(fotosTeGaan, 'foto', 'foto’s') : '',
  ].filter(Boolean)
  if (delen.length === 0) return online ? 'Alles is aangekomen' : 'Geen netwerk. Alles is aangekomen'
  const wat = delen.join(' en ')
  if (!online) return `Geen netwerk. Opgeslagen op tablet: ${wat}`
  return bezig ? `Onderweg: ${wat}` : `Opgeslagen op tablet: ${wat}`
}

const aantal = (hoeveel: number, een: string, meer: string): string => `${hoeveel} ${hoeveel === 1 ? een : meer}`
