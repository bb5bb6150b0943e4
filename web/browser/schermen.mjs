// The screens of the app, for what is asked of each of them.

import { maakVeld, openTablet } from './opstelling.mjs'
import { begin, ga } from './robot.mjs'

/** A tablet in the middle of the first control of its day. */
export async function inEenControle() {
  const veld = await maakVeld()
  const tablet = await openTablet()
  await tablet.aanmelden(Object.keys(veld.accounts)[0])
  await tablet.instellen()
  const [{ naam, type }] = veld.controles
  await tablet.page.getByText(naam).first().waitFor()
  await begin(tablet.page, naam, type)
  return { veld, tablet }
}

/** Screens that are reached by a path; those of a control stand before departure. */
export const paden = ({ controles: [hor, seks, bedr] }) => {
  return [
    '/',
    `/object/${seks.id}`,
    `/start/${bedr.id}`,
    `/aanwezig/${hor.id}`,
    `/controle/${hor.id}`,
    `/poging/${bedr.id}`,
    '/kaart',
    '/kaarten',
    '/kaarten/SEKS',
    '/nieuw',
    '/nieuw/controle',
    '/nieuw/bewoning',
    '/nieuw/niet-pluis',
    '/nieuw/balie',
    '/nieuw/ronde',
    '/verzenden',
    '/instellingen',
    '/afmelden',
    '/bestaat-niet',
  ]
}

/** Opens a screen and waits until it stands. */
export async function open(page, pad) {
  await ga(page, pad)
  await page.locator('main h1').first().waitFor()
  await page.waitForTimeout(150)
}
