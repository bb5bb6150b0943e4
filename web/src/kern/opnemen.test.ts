// What is recorded is on the disk, in order, unreadable, and still there after a kill at any moment.

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { newId } from './kenmerk'
import { CONTROLE, freshService, Proeftablet } from './proef'
import type { Proefdienst } from './proefdienst'

let dienst: Proefdienst

beforeEach(async () => {
  dienst = await freshService()
})

describe('recording', () => {
  test('a tap is on the disk when the promise resolves, and not readable there', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'geheime kelder' })
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(1)
    const schijf = await tablet.disk()
    for (const woord of ['geheime kelder', 'ENT-01', CONTROLE, dienst.accountId, 'bewijs.van', 'csrf-van']) {
      expect(schijf).not.toContain(woord)
    }
  })

  test('a kernel that starts after a kill finds all of it, once', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    for (let nr = 0; nr < 5; nr++) await tablet.antwoord(CONTROLE, { 'ENT-01': nr })
    await tablet.reopen()
    expect(tablet.kern.om.slot.get().stand).toBe('vergrendeld')
    expect(tablet.kern.om.geheugen.controle(CONTROLE)).toBeNull()
    await tablet.kern.loop.unlockWithKey()
    expect(tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 4 })
    tablet.online = true
    await tablet.kern.verzender.now()
    expect([...dienst.gebeurtenissen.values()].map((een) => een.volgnummer)).toEqual([1, 2, 3, 4, 5])
  })

  test('two tabs and many taps at once: no gap and no double in the sequence', async () => {
    const een = await Proeftablet.open(dienst)
    const twee = await Proeftablet.start(dienst)
    await Promise.all(
      Array.from({ length: 20 }, (_, nr) =>
        nr % 2 === 0
          ? een.antwoord(CONTROLE, { 'ENT-01': nr })
          : twee.kern.record({ controleId: null, soort: 'acuut', inhoud: {} }),
      ),
    )
    const rijen = await een.kern.om.db.gebeurtenissen.toArray()
    await een.kern.verzender.now()
    await twee.kern.verzender.now()
    const nummers = [...dienst.gebeurtenissen.values()].map((gebeurtenis) => gebeurtenis.volgnummer)
    expect(rijen.length).toBeGreaterThan(0)
    expect(nummers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, nr) => nr + 1))
  })

  test('acute while locked: sealed only, delivered without key and without sign-in', async () => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.reopen()
    tablet.online = false
    dienst.aangemeld = false
    const acuut = await tablet.kern.record({ controleId: null, soort: 'acuut', inhoud: { objectId: CONTROLE } })
    expect(await tablet.disk()).not.toContain(CONTROLE)
    await tablet.reopen()
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(dienst.gebeurtenissen.get(acuut.gebeurtenisId)).toEqual(acuut)
    expect(await tablet.kern.om.db.gebeurtenissen.count()).toBe(0)
  })

  test('a device that was never set up says so instead of keeping nothing', async () => {
    dienst.aangemeld = false
    const tablet = await Proeftablet.start(dienst)
    expect(tablet.kern.om.slot.get().stand).toBe('niet-aangemeld')
    await expect(tablet.kern.record({ controleId: null, soort: 'acuut', inhoud: {} })).rejects.toMatchObject({
      code: 'niet-ingesteld',
    })
  })

  test('a full disk: the reserve is given up first, it is said, and only then a tap is refused in words', async () => {
    const tablet = await Proeftablet.open(dienst)
    tablet.online = false
    const { db, bericht } = tablet.kern.om
    const vol = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
    const add = vi.spyOn(db.gebeurtenissen, 'add').mockImplementationOnce(() => {
      throw vol
    })
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    expect(bericht.get().schijfVol).toBe(true)
    expect(await db.gebeurtenissen.count()).toBe(1)
    add.mockImplementation(() => {
      throw vol
    })
    await expect(tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })).rejects.toMatchObject({ code: 'schijf-vol' })
    expect(tablet.kern.om.geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'ja' })
    add.mockRestore()
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
    expect((await db.boek.get('volgnummer'))?.waarde).toBe(2)
    // There is room again: the reserve comes back, and nobody is told any longer that there is none.
    tablet.online = true
    await tablet.kern.verzender.now()
    expect(bericht.get().schijfVol).toBe(false)
  })

  test('undo is a new event with the value from before, and again goes one further back', async () => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'ja' })
    await tablet.antwoord(CONTROLE, { 'ENT-21': 'nee' })
    await tablet.antwoord(CONTROLE, { 'ENT-01': 'nee' })
    const { geheugen } = tablet.kern.om
    expect(await tablet.kern.undo(CONTROLE)).toEqual(['ENT-01'])
    expect(geheugen.controle(CONTROLE)?.antwoorden).toEqual({ 'ENT-01': 'ja', 'ENT-21': 'nee' })
    expect(await tablet.kern.undo(CONTROLE)).toEqual(['ENT-21'])
    expect(await tablet.kern.undo(CONTROLE)).toEqual(['ENT-01'])
    expect(geheugen.controle(CONTROLE)?.antwoorden).toEqual({})
    expect(await tablet.kern.undo(CONTROLE)).toEqual([])
    expect(geheugen.events(CONTROLE)).toHaveLength(6)
  })

  test('ids carry their time and sort by it', () => {
    expect(newId(1_700_000_000_000)).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('what somebody fills in is kept at every tap, unreadable', async () => {
    const tablet = await Proeftablet.open(dienst)
    await tablet.kern.bewaarConcept('vlag', { straat: 'Geheime laan' })
    expect(await tablet.disk()).not.toContain('Geheime laan')
    await tablet.reopen()
    await tablet.kern.loop.unlockWithKey()
    expect(tablet.kern.om.geheugen.concepten.get('vlag')).toEqual({ straat: 'Geheime laan' })
    await tablet.kern.wisConcept('vlag')
    expect(tablet.kern.om.geheugen.concepten.size).toBe(0)
  })
})
