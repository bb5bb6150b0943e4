// Asks axe-core what is wrong with what stands on the screen now.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Not 'target-size': a bar at the foot lies over what is under it at that moment; the sizes have a test of their own. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, in words; empty when it finds nothing. */
export async function axe(page, waar, alleenKleur = false) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const { violations } = await page.evaluate(
    ([values, kleur]) =>
      window.axe.run(document, {
        runOnly: kleur ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values },
        ...(kleur ? {} : { rules: { 'target-size': { enabled: false } } }),
        resultTypes: ['violations'],
      }),
    [TAGS, alleenKleur],
  )
  return violations.map(
    ({ id, nodes }) => `${waar}: ${id} ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary ?? ''}`,
  )
}
