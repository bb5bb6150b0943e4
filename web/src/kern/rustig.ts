// How the sending and the lock stand before anything is known of them.

import type { Slot, Zendbericht } from './contract'

export const RUSTIG: Zendbericht = {
  online: true,
  bezig: false,
  wachtend: 0,
  fotosTeGaan: 0,
  vraagtAandacht: 0,
  laatstGelukt: null,
  schijfVol: false,
  appBijwerken: false,
  anderTabblad: false,
}

export const DICHT: Slot = {
  stand: 'onbekend',
  sessie: null,
  aangemeld: false,
  ontgrendelen: [],
  leeggemaakt: false,
}
