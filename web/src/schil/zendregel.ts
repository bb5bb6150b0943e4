// The line at the foot of every screen: honest about what is where, in a few words.

import type { Zendbericht } from '../kern/contract'

export function zendregel(bericht: Zendbericht): string[] {
  const regels: string[] = []
  if (bericht.schijfVol)
    regels.push('De schijf is vol. Nieuwe antwoorden passen er niet bij. Zoek netwerk of maak ruimte.')
  if (bericht.vraagtAandacht > 0)
    regels.push(`${aantal(bericht.vraagtAandacht, 'bericht vraagt', 'berichten vragen')} aandacht`)
  regels.push(gang(bericht))
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
