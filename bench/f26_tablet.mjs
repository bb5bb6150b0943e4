// F26: 50 kills of a tablet in the middle of recording; nothing readable on its disk, every record at the service exactly once.
//
//   npm --prefix web run build && node bench/f26_tablet.mjs [50]

import { stopProef } from '../web/browser/proef.mjs'
import { meetSporen } from '../web/browser/sporen.mjs'

const uitslag = await meetSporen(Number(process.argv[2] ?? 50), (regel) => process.stderr.write(`${regel}\n`))
await stopProef()
process.stdout.write(`${JSON.stringify(uitslag, null, 2)}\n`)
const goed =
  !uitslag.blind &&
  uitslag.gevonden.length === 0 &&
  uitslag.kwijtOfDubbel.length === 0 &&
  uitslag.fotosKwijtOfDubbel.length === 0
process.exit(goed ? 0 : 1)
