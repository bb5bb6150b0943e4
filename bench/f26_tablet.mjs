// F26: 50 kills of a tablet in the middle of recording; nothing readable on its disk, every record at the service exactly once.
//
//   npm --prefix web run build && node bench/f26_tablet.mjs [kills 50] [minutes 60]

import { stopProef } from '../web/browser/proef.mjs'
import { meetSporen } from '../web/browser/sporen.mjs'

const [kills = 50, minuten = 60] = process.argv.slice(2).map(Number)
const uitslag = await meetSporen(
  kills,
  (regel) =>
    process.stderr.write(`${regel}
`),
  minuten,
)
await stopProef()
process.stdout.write(`${JSON.stringify(uitslag, null, 2)}\n`)
const goed =
  !uitslag.blind &&
  uitslag.gevonden.length === 0 &&
  uitslag.kwijtOfDubbel.length === 0 &&
  uitslag.fotosKwijtOfDubbel.length === 0
process.exit(goed ? 0 : 1)
