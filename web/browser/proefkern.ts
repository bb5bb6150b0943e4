// The kernel by itself, for a test that drives it in a real browser. Not part of the app: the tests build it and hand it to the page.

import { Kernel } from '../src/kern/kern'
import { webauthn } from '../src/kern/sleutelhouder'
import { browserTabs } from '../src/kern/tabbladen'

export const open = (): Promise<Kernel> =>
  Kernel.open({
    naam: 'veldwacht',
    fetch: (pad, opties) => fetch(pad, opties),
    houder: webauthn,
    caches: globalThis.caches,
    tabbladen: browserTabs(),
    isOnline: () => navigator.onLine,
    nu: () => Date.now(),
    onFault: (fout) => reportError(fout), // called on what holds it, it refuses
  })
