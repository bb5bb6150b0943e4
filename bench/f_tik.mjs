// A tap's way to the disk at a sixth of the processor: goal 50 ms.
//
//   npm --prefix web run build && node bench/f_tik.mjs [200]

import { stopProef } from '../web/browser/proef.mjs'
import { meetTikken } from '../web/browser/tiksnelheid.mjs'

const tijden = await meetTikken(Number(process.argv[2] ?? 200))
await stopProef()
const at = (deel) => Math.round((tijden[Math.floor(tijden.length * deel)] ?? 0) * 10) / 10
process.stdout.write(
  `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${Math.round(tijden.at(-1) ?? 0)} ms of ${tijden.length}\n`,
)
