// How the sending stands before anything is known of it.

import type { Zendbericht } from './contract'

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
