// The day of the figures: twelve controls without network, a power cut in between, and then all of it on the service, exactly once.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { doodDienst, klant, leesStand, maakVeld, openTablet, startDienst, stopProef, totdat } from './opstelling.mjs'
import { antwoord, begin, nietVastgesteld, vertrek } from './robot.mjs'

after(stopProef)

/** The labour core that an integral control of a business asks for (CAD-03). */
async function arbeid(page) {
  await antwoord(page, 'BEV-11', 'N.v.t.')
  for (const code of ['ARB-01', 'ARB-04', 'ARB-20']) await antwoord(page, code, 'Nee')
  await page.locator('#vraag-ARB-12').getByRole('textbox').fill('8')
}

const hoeveel = (stand, soort) => stand.gebeurtenissen.filter((een) => een.soort === soort).length

test('[PLN-05] twelve controls without network, then the battery is empty: each answer arrives exactly once, from a locked tablet', async () => {
  const veld = await maakVeld()
  const tablet = await openTablet()
  try {
    await tablet.aanmelden(Object.keys(veld.accounts)[0])
    await tablet.instellen()
    await tablet.page.getByText(veld.controles.at(-1).naam).first().waitFor()
    await tablet.offline()
    const gegeven = new Map()
    for (const [nr, { id, naam, type }] of veld.controles.entries()) {
      if (nr === 5) {
        // What stood in memory is gone; the key of the device opens the tablet without network.
        await tablet.page.reload()
        await tablet.ontgrendelen()
      }
      const { page } = tablet
      await begin(page, naam, type)
      const integraal = nr === veld.controles.length - 1
      const codes = await nietVastgesteld(page, integraal ? 2 : 3)
      if (integraal) await arbeid(page)
      // A gut feeling at one place, and a red flag at another: each makes one signal, later, at the AF.
      if (nr === 2) await antwoord(page, 'ENT-21', 'Ja')
      gegeven.set(id, nr === 2 ? [...codes, 'ENT-21'] : codes)
      await vertrek(page)
    }
    assert.match(await tablet.page.locator('.vw-voet').innerText(), /Geen netwerk. Opgeslagen op tablet: \d+ berichten/)

    // The battery is empty; the tablet stays locked and delivers what is sealed. The service dies under it; the tablet tries again.
    await tablet.doden()
    await tablet.heropen()
    await tablet.page.goto(`${tablet.url}/app/`)
    await tablet.page.getByRole('heading', { name: 'Vergrendeld' }).waitFor()
    await tablet.online()
    await tablet.page.waitForTimeout(400)
    await doodDienst()
    await startDienst()
    const ids = [...gegeven.keys()]
    const alles = await totdat(async () => {
      const stand = await leesStand(ids)
      return ids.every((id) => stand[id].status === 'afgerond') && stand
    }, 60)
    assert.ok(alles, JSON.stringify(await leesStand(ids)))
    for (const { id, type } of veld.controles) {
      const stand = alles[id]
      assert.deepEqual(stand.quarantaine, [], type)
      assert.deepEqual(
        stand.gebeurtenissen.filter(({ status }) => status !== 'verwerkt'),
        [],
        type,
      )
      assert.equal(hoeveel(stand, 'controle-gestart'), 1, type)
      assert.equal(hoeveel(stand, 'controle-afgerond'), 1, type)
      for (const code of gegeven.get(id)) {
        assert.deepEqual(stand.antwoorden[code], [code === 'ENT-21' ? 'ja' : 'niet vastgesteld'], `${type} ${code}`)
      }
    }
    const nummers = ids.flatMap((id) => alles[id].gebeurtenissen.map(({ volgnummer }) => volgnummer))
    assert.equal(new Set(nummers).size, nummers.length, 'no number of the device was used twice')
    await tablet.page.getByText('Alles is aangekomen').waitFor({ timeout: 240_000 })
    const af = await klant('af-veiligheid')
    const signalen = await af.alles('/signalen?limiet=100')
    const volledig = await Promise.all(signalen.map(({ id }) => af.lees(`/signalen/${id}`)))
    const hier = volledig.filter((signaal) =>
      veld.controles.some(({ objectId }) => JSON.stringify(signaal).includes(objectId)),
    )
    assert.equal(hier.length, 1, 'the gut feeling is one signal, and nothing else is')
    assert.deepEqual(tablet.fouten, [])
    assert.deepEqual(tablet.vreemd, [])
  } finally {
    await tablet.sluit()
  }
})
