// Photos: kept encrypted, resumed at the byte, let go only when the service stored them.

import { beforeEach, describe, expect, test } from 'vitest'
import { takeFlagPhoto } from './fotoopname'
import { newId } from './kenmerk'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

const WOORD = 'beeld van een geheime kamer '
let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

/** A bit more than one piece. */
const beeld = () => new Blob([WOORD.repeat(20_000)], { type: 'image/jpeg' })

describe('photos', () => {
  test('bytes and answer are on the disk together, unreadable, and survive a kill', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const foto = await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    expect(await tablet.disk()).not.toContain(WOORD)
    await tablet.reopen()
    await tablet.kern.loop.unlockWithKey()
    const stand = tablet.kern.om.geheugen.controle(CONTROLE)
    expect(stand?.antwoorden).toEqual({ 'HUI-24': [foto.id] })
    expect(stand?.fotos).toMatchObject([{ id: foto.id, stand: 'opgeslagen op tablet' }])
    expect(stand?.zendingen).toMatchObject([{ fotosTeGaan: 1 }])
    expect(await (await tablet.kern.fotobeeld(foto.id))?.text()).toBe(await beeld().text())
  })

  test('ten at once, and two of them taken back: each of the others stays in the answer', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const fotos = await Promise.all(
      Array.from({ length: 10 }, () => tablet.kern.addFoto(CONTROLE, 'HUI-24', new Blob([WOORD]))),
    )
    const ids = fotos.map(({ id }) => id)
    await Promise.all(ids.slice(0, 2).map((id) => tablet.kern.removeFoto(id)))
    const over = tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden['HUI-24']
    expect([...(over as string[])].sort()).toEqual(ids.slice(2).sort())
  })

  test('a break in the middle goes on where the service is; the record waits for it in words', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.storing = (vraag) => {
      if (vraag.methode === 'PATCH' && vraag.koppen.get('Upload-Offset') !== '0') throw new TypeError('broke')
      return undefined
    }
    const foto = await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    await tablet.kern.verzender.now()
    const { geheugen, db } = tablet.kern.om
    expect(geheugen.controle(CONTROLE)?.zendingen).toMatchObject([{ stand: 'wacht op foto’s', fotosTeGaan: 1 }])
    const eerst = dienst.fotos.get(foto.id)?.bytes.length ?? 0
    expect(eerst).toBeGreaterThan(0)
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    const offsets = dienst.vragen
      .filter((vraag) => vraag.methode === 'PATCH')
      .map((vraag) => vraag.koppen.get('Upload-Offset'))
    expect(offsets.filter((offset) => offset === '0')).toHaveLength(1)
    expect(offsets).toContain(String(eerst))
    expect(dienst.fotos.get(foto.id)?.status).toBe('opgeslagen')
    expect(geheugen.controle(CONTROLE)?.fotos).toMatchObject([{ stand: 'aangekomen' }])
    expect(await db.fotobytes.count()).toBe(0)
  })

  test('the last byte is not enough: it stays until the service stored it', async () => {
    const tablet = await Proeftablet.open(dienst)
    dienst.storing = (vraag) =>
      vraag.methode === 'GET' && vraag.pad.startsWith('/v1/bijlagen')
        ? new Response('{"status":"wordt gecontroleerd"}')
        : undefined
    await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    await tablet.kern.verzender.now()
    expect(await tablet.kern.om.db.fotobytes.count()).toBe(1)
    dienst.storing = () => undefined
    await tablet.kern.verzender.now()
    expect(await tablet.kern.om.db.fotobytes.count()).toBe(0)
  })

  test('a photo that is refused stays with the reason; the next one goes on', async () => {
    const tablet = await Proeftablet.open(dienst)
    let geweigerd = ''
    dienst.storing = (vraag) => {
      if (vraag.methode !== 'POST' || vraag.pad !== '/v1/bijlagen') return undefined
      const wie = vraag.koppen.get('Upload-Metadata') ?? ''
      if (geweigerd === '') geweigerd = wie
      return geweigerd === wie ? new Response('{"detail":"Hier mag geen foto."}', { status: 400 }) : undefined
    }
    const een = await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    const twee = await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.geheugen.controle(CONTROLE)?.fotos).toMatchObject([
      { id: een.id, stand: 'vraagt aandacht', reden: 'Hier mag geen foto.' },
      { id: twee.id, stand: 'aangekomen' },
    ])
    expect(await tablet.kern.om.db.fotobytes.toCollection().primaryKeys()).toEqual([een.id])
  })

  test('taking a photo back takes back the answer, the bytes and what the service had of it', async () => {
    const tablet = await Proeftablet.open(dienst)
    const foto = await tablet.kern.addFoto(CONTROLE, 'HUI-24', beeld())
    await tablet.kern.verzender.now()
    await tablet.kern.removeFoto(foto.id)
    await tablet.kern.verzender.now()
    expect(tablet.kern.om.geheugen.controle(CONTROLE)).toMatchObject({ antwoorden: {}, fotos: [] })
    expect(dienst.fotos.size).toBe(0)
    expect(await tablet.kern.om.db.fotos.count()).toBe(0)
  })
})

test('a photo with a flag: nobody gets it before the flag is recorded, then it names the flag and its ground (REG-09)', async () => {
  const tablet = await Proeftablet.open(dienst)
  const vlagId = newId()
  const beeld = new Blob([new Uint8Array([1, 2, 3])])
  const weg = await takeFlagPhoto(tablet.kern.om, vlagId, 'van-buiten', beeld)
  const blijft = await takeFlagPhoto(tablet.kern.om, vlagId, 'van-buiten', beeld)
  await tablet.kern.removeFoto(weg.id)
  await tablet.kern.verzender.now()
  expect(dienst.fotos.size).toBe(0)
  expect(await tablet.kern.om.db.fotos.toArray()).toMatchObject([{ id: blijft.id, stand: 'concept' }])
  // The power goes while the form is open; the photo is still there.
  await tablet.reopen()
  await tablet.kern.loop.unlockWithKey()
  await tablet.kern.record({ gebeurtenisId: vlagId, controleId: null, soort: 'vlag', inhoud: {} })
  await tablet.kern.verzender.now()
  expect([...dienst.gebeurtenissen.keys()]).toEqual([vlagId])
  expect([...dienst.fotos.keys()]).toEqual([blijft.id])
  const meta = dienst.vragen.find(({ pad, methode }) => pad === '/v1/bijlagen' && methode === 'POST')?.koppen
  const woorden = Object.fromEntries(
    (meta?.get('Upload-Metadata') ?? '').split(',').map((paar) => {
      const [naam = '', waarde = ''] = paar.split(' ')
      return [naam, atob(waarde)]
    }),
  )
  expect(woorden).toMatchObject({ id: blijft.id, vlagId, grond: 'van-buiten' })
  expect(woorden).not.toHaveProperty('controleId')
  expect(await tablet.kern.om.db.fotobytes.count()).toBe(0)
})
