// The kernel for the screens: `kern.record(...)`, `kern.useControle(...)`; what each does stands in contract.ts.

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Bron } from './bron'
import type { Checklist, Kern } from './contract'
import { takeFlagPhoto } from './fotoopname'
import { Fout } from './fouten'
import { newId } from './kenmerk'
import { Kernel } from './kern'
import { DICHT, RUSTIG } from './rustig'
import { webauthn } from './sleutelhouder'
import { browserTabs } from './tabbladen'
import { dutchDate, localIso } from './tijd'

const tabbladen = browserTabs()
let kernel: Promise<Kernel> | null = null

/** The kernel on its open store; what did not open is opened anew when somebody asks again. */
function opened(): Promise<Kernel> {
  kernel ??= Kernel.open({
    naam: 'veldwacht',
    fetch: (pad, opties) => fetch(pad, opties),
    houder: webauthn,
    caches: globalThis.caches,
    tabbladen,
    isOnline: () => navigator.onLine,
    nu: () => Date.now(),
    onFault: (fout) => reportError(fout), // called on what holds it, it refuses
  }).catch((fout: unknown) => {
    kernel = null
    throw fout
  })
  return kernel
}
/** Set when the store is open; before that every hook says 'onbekend' or nothing. */
let klaar: Kernel | null = null
const luisteraars = new Set<() => void>()

function follow<T>(pick: (kern: Kernel) => Bron<T>): (volger: () => void) => () => void {
  return (volger) => {
    if (klaar !== null) return pick(klaar).subscribe(volger)
    let los = (): void => undefined
    const aan = (): void => {
      if (klaar !== null) los = pick(klaar).subscribe(volger)
      volger()
    }
    luisteraars.add(aan)
    return () => {
      luisteraars.delete(aan)
      los()
    }
  }
}

const volgGeheugen = follow((kern) => kern.om.geheugen.tik)
const volgSlot = follow((kern) => kern.om.slot)
const volgBericht = follow((kern) => kern.om.bericht)

const useGeheugen = <T>(read: (kern: Kernel) => T, leeg: T): T =>
  useSyncExternalStore(volgGeheugen, () => (klaar === null ? leeg : read(klaar)))

const GEEN: never[] = []

let begonnen: Promise<void> | null = null

async function begin(): Promise<void> {
  const kern = await opened()
  if (klaar === null) attach(kern)
  await kern.start()
}

function attach(kern: Kernel): void {
  klaar = kern
  for (const aan of luisteraars) aan()
  const { wachter, verzender } = kern
  for (const soort of ['pointerdown', 'keydown'])
    window.addEventListener(soort, wachter.touched, { capture: true, passive: true })
  // Either way: that there is no network any more is said at once, and not at the next round.
  for (const soort of ['online', 'offline']) window.addEventListener(soort, () => verzender.poke())
  document.addEventListener('visibilitychange', () => {
    wachter.look()
    if (document.visibilityState === 'visible') verzender.poke()
  })
}

export const kern: Kern = {
  start: () => {
    begonnen ??= begin().catch((fout: unknown) => {
      begonnen = null
      throw fout
    })
    return begonnen
  },

  useSlot: () => useSyncExternalStore(volgSlot, () => klaar?.om.slot.get() ?? DICHT),
  setUpWithKey: async () => (await opened()).loop.setUpWithKey(),
  setUpWithPin: async (pin) => (await opened()).loop.setUpWithPin(pin),
  unlockWithKey: async () => (await opened()).loop.unlockWithKey(),
  unlockWithPin: async (pin) => (await opened()).loop.unlockWithPin(pin),
  lock: () => klaar?.loop.lock(),
  beginAnew: async () => (await opened()).loop.beginAnew(),
  signOut: async (toch = false) => (await opened()).loop.signOut(toch),

  useWerkpakket: (datum) => {
    const dag = datum ?? dutchDate(new Date())
    const stand = useGeheugen((kern) => kern.om.geheugen.pakketten.get(dag), undefined)
    const ververs = useCallback(async () => (await opened()).ververs(dag), [dag])
    return { pakket: stand?.pakket ?? null, opgehaaldOp: stand?.opgehaaldOp ?? null, ververs }
  },
  useControles: () => useGeheugen((kern) => kern.om.geheugen.controles(), GEEN),
  useControle: (controleId) => useGeheugen((kern) => kern.om.geheugen.controle(controleId), null),
  useChecklists: (versies) => {
    const sleutels = Object.entries(versies)
      .map(([code, versie]) => `${code}:${versie}`)
      .join(' ')
    const lijsten = useGeheugen((kern) => kern.om.geheugen.lijsten.size, 0)
    // biome-ignore lint/correctness/useExhaustiveDependencies: the number of lists stands for the lists, which never change
    return useMemo(() => {
      const gevraagd =
        sleutels === '' ? [] : sleutels.split(' ').map((sleutel) => klaar?.om.geheugen.lijsten.get(sleutel))
      return gevraagd.every((lijst): lijst is Checklist => lijst !== undefined) ? gevraagd : null
    }, [sleutels, lijsten])
  },
  useNaslag: <T>(pad: string | null) => {
    const open = useSyncExternalStore(volgSlot, () => klaar?.om.slot.get().stand === 'open')
    const stand = useGeheugen((kern) => (pad === null ? undefined : kern.om.geheugen.naslag.get(pad)), undefined)
    useEffect(() => {
      if (pad !== null && open) void klaar?.haalNaslag(pad)
    }, [pad, open])
    return { inhoud: (stand?.inhoud ?? null) as T | null, opgehaaldOp: stand?.opgehaaldOp ?? null }
  },
  useConcept: <T>(naam: string) => {
    const gelezen = useSyncExternalStore(volgSlot, () => klaar?.om.slot.get().stand === 'open')
    const waarde = useGeheugen((kern) => kern.om.geheugen.concepten.get(naam), undefined)
    const bewaar = useCallback(async (nieuw: T) => (await opened()).bewaarConcept(naam, nieuw), [naam])
    const wis = useCallback(async () => (await opened()).wisConcept(naam), [naam])
    return { waarde: (waarde ?? null) as T | null, gelezen, bewaar, wis }
  },

  record: async (gebeurtenis) => (await opened()).record(gebeurtenis),
  undo: async (controleId) => (await opened()).undo(controleId),
  addFoto: async (controleId, item, beeld) => (await opened()).addFoto(controleId, item, beeld),
  removeFoto: async (id) => (await opened()).removeFoto(id),
  addVlagfoto: async (vlagId, grond, beeld) => takeFlagPhoto((await opened()).om, vlagId, grond, beeld),
  useFotos: () => useGeheugen((kern) => kern.om.geheugen.photosToGo(), GEEN),
  useFotobeeld: (id) => {
    const [beeld, setBeeld] = useState<string | null>(null)
    useEffect(() => {
      let weg = false
      void showImage(id).then((adres) => {
        if (!weg) setBeeld(adres)
      })
      return () => {
        weg = true
      }
    }, [id])
    return beeld
  },
  newId: () => newId(),
  now: () => localIso(new Date()),

  useZendbericht: () => useSyncExternalStore(volgBericht, () => klaar?.om.bericht.get() ?? RUSTIG),
  useUitbak: () => useGeheugen((kern) => kern.om.geheugen.outbox(), GEEN),
  sendNow: async () => (await opened()).verzender.now(),
  exportZending: async (gebeurtenisId) => (await opened()).exportZending(gebeurtenisId),
}

/** As a data address: unlike an object URL it leaves nothing behind that somebody must let go of. */
async function showImage(id: string): Promise<string | null> {
  const kern = await opened()
  if (!kern.om.kluis.open) return null
  const beeld = await kern.fotobeeld(id)
  if (beeld === null) return null
  return new Promise((resolve, reject) => {
    const lezer = new FileReader()
    lezer.onload = () => resolve(String(lezer.result))
    lezer.onerror = () => reject(new Fout('stuk', lezer.error))
    lezer.readAsDataURL(beeld)
  })
}
