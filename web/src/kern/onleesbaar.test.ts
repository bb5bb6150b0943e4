// A browser keeps what is big in files beside its store, and a kill or a full disk can cost such a file alone. What is lost by that is said;
// it keeps nobody out, and holds up nothing else.

import { beforeEach, expect, test } from 'vitest'
import type { Database } from './database'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

/** From here on this record reads as Chromium says it of a file that is gone. */
function lose(db: Database, tabel: 'boek' | 'fotobytes' | 'kluis', id: string): void {
  db[tabel].hook('reading', (rij: { id?: string; naam?: string } | undefined) => {
    if ((rij?.id ?? rij?.naam) === id) throw new DOMException('Data lost due to missing file.', 'NotReadableError')
    return rij
  })
}

test('the reserve: the app starts, and gives it up for room without reading it', async () => {
  const tablet = await Proeftablet.open(dienst)
  const { db, bericht } = tablet.kern.om
  lose(db, 'boek', 'reserve')
  await expect(db.boek.get('reserve')).rejects.toThrow('missing file')
  await tablet.kern.start()
  expect(bericht.get().schijfVol).toBe(false)
  expect(await db.boek.where('naam').equals('reserve').count()).toBe(1)
})

test('the day: it opens without it, and fetches it anew', async () => {
  const tablet = await Proeftablet.open(dienst)
  const { om } = tablet.kern
  const datum = [...om.geheugen.pakketten.keys()][0] ?? ''
  tablet.kern.loop.lock()
  lose(om.db, 'kluis', `pakket:${datum}`)
  await tablet.kern.loop.unlockWithKey()
  expect(om.slot.get().stand).toBe('open')
  expect(om.geheugen.pakketten.has(datum)).toBe(false)
  await tablet.kern.verzender.now()
  expect(om.geheugen.pakketten.has(datum)).toBe(true)
})

test('a photo: it asks for attention, and the one after it arrives', async () => {
  const tablet = await Proeftablet.open(dienst)
  tablet.online = false
  const kwijt = await tablet.kern.addFoto(CONTROLE, 'HUI-24', new Blob(['een']))
  const heel = await tablet.kern.addFoto(CONTROLE, 'HUI-24', new Blob(['twee']))
  lose(tablet.kern.om.db, 'fotobytes', kwijt.id)
  tablet.online = true
  await tablet.kern.verzender.now()
  const { geheugen } = tablet.kern.om
  expect(geheugen.fotos.get(kwijt.id)).toMatchObject({
    stand: 'vraagt aandacht',
    reden: expect.stringContaining('lezen'),
  })
  expect(geheugen.fotos.get(heel.id)).toMatchObject({ stand: 'aangekomen' })
})

test('a fault that nobody expected: said, and the next round comes all the same', async () => {
  let gezegd = 0
  const onFault = () => {
    gezegd += 1
    throw new TypeError('and the saying of it fails too')
  }
  const tablet = await Proeftablet.open(dienst, { onFault })
  tablet.online = false
  await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
  tablet.online = true
  dienst.storing = ({ pad }) => {
    if (pad === '/v1/synchronisaties') return new Response('{}', { status: 200 })
    return undefined
  }
  await expect(tablet.kern.verzender.now()).rejects.toThrow('fails too')
  expect(gezegd).toBeGreaterThan(0)
  dienst.storing = () => undefined
  await tablet.kern.verzender.now()
  expect(dienst.gebeurtenissen.size).toBe(1)
})
