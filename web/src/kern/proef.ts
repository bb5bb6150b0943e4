// For tests: a tablet on a fake IndexedDB, with a device key in memory and the service of proefdienst.ts.

import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { Kernel } from './kern'
import type { Omstandigheden } from './omgeving'
import { Proefdienst } from './proefdienst'
import type { Sleutelhouder } from './sleutelhouder'
import { alone } from './tabbladen'
import { deriveKey, randomBytes } from './versleuteling'

/** A disk of its own for a test; what stands on it outlives a kernel. */
export function freshDisk(): void {
  Dexie.dependencies.indexedDB = new IDBFactory()
  Dexie.dependencies.IDBKeyRange = IDBKeyRange
}

export const CONTROLE = '0190a000-0000-7000-8000-000000000001'
export const ANDER = '0190a000-0000-7000-8000-000000000002'

/** A service with a day of one short list, and an empty disk. */
export async function freshService(): Promise<Proefdienst> {
  freshDisk()
  const dienst = await Proefdienst.start()
  dienst.pakket.checklists = [{ code: 'ENT', versie: 1, verwijzing: '' }]
  dienst.lijsten.set('/v1/checklists/ENT/versies/1', {
    code: 'ENT',
    versie: 1,
    items: [
      { code: 'ENT-01', klasse: 'naleving' },
      { code: 'ENT-21', klasse: 'vertrouwelijk' },
    ],
  })
  return dienst
}

/** The key of the device: the secret is in the device, not on the disk. */
export function deviceKey(): Sleutelhouder {
  const geheim = randomBytes(32)
  return {
    can: async () => true,
    make: async (zout) => ({ credentialId: 'AAAA', sleutel: await deriveKey(geheim, zout, 'proef') }),
    ask: (_, zout) => deriveKey(geheim, zout, 'proef'),
  }
}

export class Proeftablet {
  online = true
  /** The clock of the device, ahead of the real one by this much. */
  vooruit = 0
  kern!: Kernel

  private constructor(
    readonly dienst: Proefdienst,
    private readonly extra: Partial<Omstandigheden>,
    private readonly houder: Sleutelhouder,
  ) {}

  static async start(dienst: Proefdienst, extra: Partial<Omstandigheden> = {}): Promise<Proeftablet> {
    const tablet = new Proeftablet(dienst, extra, extra.houder ?? deviceKey())
    await tablet.reopen()
    return tablet
  }

  /** A tablet that is set up, open and has sent its first round. */
  static async open(dienst: Proefdienst, extra: Partial<Omstandigheden> = {}): Promise<Proeftablet> {
    const tablet = await Proeftablet.start(dienst, extra)
    await tablet.kern.loop.setUpWithKey()
    await tablet.kern.verzender.now()
    return tablet
  }

  /** As after a kill or an empty battery: another kernel on the same disk. */
  async reopen(): Promise<void> {
    await this.kern?.close()
    this.kern = await Kernel.open({
      naam: 'veldwacht',
      fetch: (pad, opties) => {
        if (!this.online) return Promise.reject(new TypeError('no network'))
        return this.dienst.fetch(pad, opties)
      },
      houder: this.houder,
      tabbladen: alone,
      isOnline: () => true,
      nu: () => Date.now() + this.vooruit,
      onFault: (fout) => {
        throw fout
      },
      pinronden: 10,
      random: () => 0.5,
      ...this.extra,
    })
    await this.kern.start()
  }

  antwoord(controleId: string, antwoorden: Record<string, unknown>) {
    return this.kern.record({ controleId, soort: 'antwoorden', inhoud: { lijstversies: { ENT: 1 }, antwoorden } })
  }

  /** All that is readable on the disk, as one text: what a thief would search. */
  async disk(): Promise<string> {
    const delen: string[] = []
    for (const tabel of this.kern.om.db.tables) {
      for (const rij of await tabel.toArray()) delen.push(JSON.stringify(rij, bytesAsText))
    }
    return delen.join('\n')
  }
}

const bytesAsText = (_: string, waarde: unknown): unknown =>
  waarde instanceof Uint8Array ? Buffer.from(waarde).toString('latin1') : waarde
