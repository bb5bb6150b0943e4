import { meetSporen } from './sporen.mjs'
import { stopProef } from './opstelling.mjs'
const eind = Date.now() + Number(process.argv[2]) * 60_000
const kills = Number(process.argv[3])
let n = 0, fout = 0, k = 0
async function draai(wie) {
  while (Date.now() < eind) {
    try {
      const u = await meetSporen(kills)
      n++; k += u.kills
      console.log(wie, 'klaar', n, k, JSON.stringify({ b: u.bevestigd, f: u.fotos, leeg: u.leeg, kwijt: u.kwijtOfDubbel, fk: u.fotosKwijtOfDubbel, gev: u.gevonden }))
    } catch (e) { fout++; console.log(wie, 'FOUT', new Date().toISOString(), e.stack) }
  }
}
await Promise.all([draai('a'), draai('b'), draai('c')])
console.log('EINDE', n, k, fout)
await stopProef()
process.exit(0)
