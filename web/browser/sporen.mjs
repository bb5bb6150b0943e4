// F26: what a thief finds on the disk of a tablet, and what a kill at any moment costs.
//
// Each cycle opens the app and draws the day, unlocks with the PIN (a virtual key of the device dies with the browser), records without
// pause, and ends by SIGKILL at a random moment; now with network, then without. At the end every file of the profile is searched for what was planted, everything
// is sent, and the service is asked what it has.

import { spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import snappy from 'snappyjs'
import { build } from 'vite'
import { maakVeld, openTablet, totdat, wacht } from './opstelling.mjs'
import { proef, python } from './proef.mjs'

const HIER = fileURLToPath(new URL('.', import.meta.url))

/** The kernel as one script, spoken to through the debugging port: the page's own content policy lets no such script in. */
export async function bundel() {
  const gebouwd = await build({
    root: HIER,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(HIER, 'proefkern.ts'), formats: ['iife'], name: 'proefkern' },
    },
  })
  return [gebouwd].flat()[0].output[0].code
}

/** Keys pass through two calls of the browser; a copy is taken there, so that the search knows what to look for. */
const AFLUISTEREN = `{
  globalThis.afgeluisterd = []
  const echt = crypto.subtle.importKey.bind(crypto.subtle)
  crypto.subtle.importKey = (vorm, sleutel, ...rest) => {
    if (vorm === 'raw') globalThis.afgeluisterd.push(Array.from(new Uint8Array(sleutel.buffer ?? sleutel)))
    return echt(vorm, sleutel, ...rest)
  }
}`

export async function inject(tablet, code) {
  for (const expression of [AFLUISTEREN, `${code}\nglobalThis.proefkern = proefkern`]) {
    const { exceptionDetails } = await tablet.page.cdp.send('Runtime.evaluate', { expression })
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
  }
}

/** Opens the app, draws the day, and starts a kernel that records. A browser that was killed soon after signing in forgot that. */
export async function begin(tablet, code, sub, pin) {
  await tablet.aanmelden(sub)
  await tablet.ontgrendelen({ pin }).catch(async (fout) => {
    const scherm = await tablet.page.evaluate(() => document.body.innerText)
    throw new Error(`the tablet cannot be opened; on its screen: ${scherm}`, { cause: fout })
  })
  // Away from the app, or its own kernel would be the one that sends.
  await tablet.page.goto(`${tablet.url}/app/pictogram-192.png`)
  await inject(tablet, code)
  const stand = await tablet.page.evaluate(async (pincode) => {
    globalThis.kern = await globalThis.proefkern.open()
    await globalThis.kern.start()
    await globalThis.kern.loop.unlockWithPin(pincode)
    return globalThis.kern.om.slot.get().stand
  }, pin)
  if (stand !== 'open') throw new Error(`the tablet is ${stand}`)
}

const merk = (naam) => `${naam}-${randomBytes(9).toString('hex')}`

/** Words that are entered, over and over, and bytes at the end of each image. */
function secrets() {
  const namen = [
    'antwoord-een',
    'antwoord-twee',
    'vrije-tekst',
    'tekst-met-é-en-Ł',
    'reden',
    'omschrijving',
    'concept',
    'straat',
    'plaats',
  ]
  return { woorden: namen.map(merk), beeld: merk('beeld') }
}

/** Records without pause until the browser is gone; what is acknowledged is told at once, one by one. */
async function recordUntilKilled(tablet, opgave) {
  await tablet.page.evaluate(async ({ controleId, woorden, beeld, nr }) => {
    const { kern } = globalThis
    const doek = new OffscreenCanvas(64, 48)
    const pen = doek.getContext('2d')
    for (let keer = 0; ; keer++) {
      const [een, twee, vrij, raar, reden, omschrijving, concept, straat, plaats] = woorden
      const meld = async (werk, soort) => globalThis.bevestig(soort, (await werk).gebeurtenisId ?? (await werk).id)
      const antwoorden = { 'ENT-01': keer, 'ENT-30': een, 'ENT-22': `${vrij} ${raar} ${twee}` }
      await meld(
        kern.record({ controleId, soort: 'antwoorden', inhoud: { lijstversies: { ENT: 1 }, antwoorden } }),
        'gebeurtenis',
      )
      await kern.bewaarConcept('vlag', { concept, straat, plaats, nr, keer })
      await meld(kern.record({ controleId, soort: 'keuze', inhoud: { keuze: 'signaal', reden } }), 'gebeurtenis')
      if (keer % 5 === 2)
        await meld(
          kern.record({ controleId, soort: 'acuut', inhoud: {}, hier: { objecttype: 'LOG', plek: omschrijving } }),
          'gebeurtenis',
        )
      if (keer % 12 === 1) {
        pen.fillStyle = `hsl(${(nr * 37 + keer * 11) % 360} 80% 50%)`
        pen.fillRect(0, 0, 64, 48)
        const jpeg = await doek.convertToBlob({ type: 'image/jpeg' })
        await meld(
          kern.addFoto(controleId, 'HUI-24', new Blob([jpeg, beeld.repeat(400)], { type: 'image/jpeg' })),
          'foto',
        )
      }
    }
  }, opgave)
}

/** Every file of the profile, as it is and unpacked where something packed begins. */
export function search(profiel, geheimen) {
  const naalden = geheimen.flatMap(({ naam, bytes }) => [
    { naam, naald: bytes },
    { naam, naald: Buffer.from(bytes.toString('latin1'), 'utf16le') },
    { naam, naald: Buffer.from(bytes.toString('base64').replace(/=+$/, '').slice(0, -2)) },
    { naam, naald: Buffer.from(bytes.toString('hex')) },
  ])
  const gevonden = new Map()
  let bestanden = 0
  for (const pad of walk(profiel)) {
    bestanden += 1
    const inhoud = readFileSync(pad)
    for (const lezing of readings(inhoud)) {
      for (const { naam, naald } of naalden)
        if (lezing.includes(naald)) gevonden.set(naam, pad.slice(profiel.length + 1))
    }
  }
  return { bestanden, gevonden }
}

function* walk(map) {
  for (const naam of readdirSync(map)) {
    const pad = join(map, naam)
    const soort = statSync(pad, { throwIfNoEntry: false })
    if (soort?.isDirectory()) yield* walk(pad)
    else if (soort?.isFile()) yield pad
  }
}

const TABEL = 0xdb4775248b80fb57n
const VOET = 48

/** The blocks of a LevelDB table: the browser packs them with Snappy, which breaks words up where a part of them stood before. */
export function* blocks(tabel) {
  if (tabel.length < VOET || tabel.readBigUInt64LE(tabel.length - 8) !== TABEL) return
  const voet = numbers(tabel, tabel.length - VOET)
  const [, , begin, lengte] = [voet(), voet(), voet(), voet()]
  const index = unpackBlock(tabel, begin, lengte)
  const eind = index.length - 4 - 4 * index.readUInt32LE(index.length - 4)
  let plek = 0
  while (plek < eind) {
    const kop = numbers(index, plek)
    const [, eigen, waarde] = [kop(), kop(), kop()]
    const verwijzing = numbers(index, kop.plek() + eigen)
    yield unpackBlock(tabel, verwijzing(), verwijzing())
    plek = kop.plek() + eigen + waarde
  }
}

/** Reads one number of variable length after the other. */
function numbers(bytes, begin) {
  let plek = begin
  const lees = () => {
    let getal = 0
    for (let maal = 1; ; maal *= 128) {
      const byte = bytes[plek++]
      getal += (byte & 127) * maal
      if (byte < 128) return getal
    }
  }
  lees.plek = () => plek
  return lees
}

function unpackBlock(tabel, begin, lengte) {
  const inhoud = tabel.subarray(begin, begin + lengte)
  return tabel[begin + lengte] === 1 ? Buffer.from(snappy.uncompress(inhoud)) : inhoud
}

function* readings(inhoud) {
  yield inhoud
  yield* blocks(inhoud)
  for (const unpack of [brotliDecompressSync, inflateSync, inflateRawSync]) yield tryUnpack(unpack, inhoud)
  for (
    let plek = inhoud.indexOf('\x1f\x8b', 0, 'latin1');
    plek >= 0;
    plek = inhoud.indexOf('\x1f\x8b', plek + 1, 'latin1')
  ) {
    yield tryUnpack(gunzipSync, inhoud.subarray(plek))
  }
}

function tryUnpack(unpack, inhoud) {
  try {
    return unpack(inhoud, { maxOutputLength: 64 * 1024 * 1024 })
  } catch {
    return Buffer.alloc(0) // not packed this way
  }
}

/** A word that is stored unencrypted on purpose: when the search does not find this one, it is blind. */
export async function plantControl(tablet, woord) {
  await tablet.page.evaluate(
    (waarde) =>
      new Promise((resolve, reject) => {
        const vraag = indexedDB.open('controle', 1)
        vraag.onupgradeneeded = () => vraag.result.createObjectStore('woorden')
        vraag.onerror = () => reject(vraag.error)
        vraag.onsuccess = () => {
          const werk = vraag.result.transaction('woorden', 'readwrite', { durability: 'strict' })
          werk.objectStore('woorden').put({ waarde }, 1)
          werk.oncomplete = resolve
        }
      }),
    woord,
  )
}

/** Ids that the service stored, each with how often, straight from its database. */
async function stored(tabel) {
  const { map } = await proef()
  const vraag = `import json,sqlite3,sys
rows = sqlite3.connect(sys.argv[1]).execute(f"select id, count(*) from {sys.argv[2]} group by id").fetchall()
import uuid
print(json.dumps([[str(uuid.UUID(bytes=r[0]) if isinstance(r[0], bytes) else uuid.UUID(r[0])), r[1]] for r in rows]))`
  const uit = spawnSync(python(), ['-c', vraag, join(map, 'veldwacht.db'), tabel], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (uit.status !== 0) throw new Error(uit.stderr)
  return new Map(JSON.parse(uit.stdout))
}

/** Runs F26 with so many kills, or fewer when the time is over. */
export async function meetSporen(kills, meld = () => undefined, minuten = 60) {
  const eind = Date.now() + minuten * 60_000
  const code = await bundel()
  const veld = await maakVeld()
  const [sub] = Object.keys(veld.accounts)
  const plek = veld.controles.find((controle) => controle.type === 'LOG')
  const geheimen = secrets()
  const bevestigd = { gebeurtenis: new Set(), foto: new Set() }
  const sleutels = new Set()
  const pin = String(randomInt(10 ** 9, 10 ** 10))
  const controle = merk('controlewoord')
  const tablet = await openTablet()
  const expose = () => tablet.context.exposeFunction('bevestig', (soort, id) => void bevestigd[soort].add(id))
  const uitslag = { kills: 0, bevestigd: 0, fotos: 0 }
  try {
    await expose()
    await tablet.aanmelden(sub)
    await tablet.instellen({ pin })
    const [sessie] = (await tablet.context.cookies()).filter((koekje) => koekje.name.includes('veldwacht'))
    const csrf = await tablet.page.evaluate(async () => (await (await fetch('/v1/sessie')).json()).csrf)
    await plantControl(tablet, controle)
    for (let nr = 0; nr < kills && Date.now() < eind; nr++) {
      if (nr > 0) {
        await tablet.heropen()
        await expose()
        await tablet.online()
      }
      await begin(tablet, code, sub, pin)
      for (const sleutel of await tablet.page.evaluate(() => globalThis.afgeluisterd))
        sleutels.add(Buffer.from(sleutel).toString('hex'))
      if (nr % 3 === 1) await tablet.offline()
      const opgave = { controleId: plek.id, ...geheimen, nr }
      const bezig = recordUntilKilled(tablet, opgave).catch(() => 'killed')
      await wacht(randomInt(200, 3000))
      await tablet.doden()
      await bezig
      uitslag.kills += 1
      meld(
        `${new Date().toISOString().slice(11, 19)} kill ${nr + 1}: ${bevestigd.gebeurtenis.size} records and ${bevestigd.foto.size} photos acknowledged`,
      )
    }
    const naalden = [
      ...geheimen.woorden.map((woord) => ({ naam: woord, bytes: Buffer.from(woord) })),
      { naam: 'photo bytes', bytes: Buffer.from(geheimen.beeld) },
      { naam: 'object name', bytes: Buffer.from(plek.naam) },
      { naam: 'address', bytes: Buffer.from('Proefkade') },
      { naam: 'town', bytes: Buffer.from('Veldwachtstad') },
      { naam: 'pin', bytes: Buffer.from(pin) },
      { naam: 'permit', bytes: Buffer.from(`V-${plek.naam.split(' ')[1].split('.')[0]}-5`) },
      { naam: 'session cookie', bytes: Buffer.from(sessie.value) },
      { naam: 'csrf token', bytes: Buffer.from(csrf) },
      { naam: 'account', bytes: Buffer.from(veld.accounts[sub]) },
      ...[...sleutels].map((hex, nr) => ({ naam: `key ${nr + 1}`, bytes: Buffer.from(hex, 'hex') })),
    ]
    uitslag.geheimen = naalden.length
    uitslag.blind = search(tablet.profiel, [{ naam: 'controle', bytes: Buffer.from(controle) }]).gevonden.size === 0
    const gezocht = search(tablet.profiel, naalden)
    Object.assign(uitslag, { bestanden: gezocht.bestanden, gevonden: [...gezocht.gevonden] })
    await tablet.heropen()
    await tablet.online()
    await begin(tablet, code, sub, pin)
    uitslag.leeg = await totdat(async () => {
      await tablet.page.evaluate(() => globalThis.kern.verzender.now())
      const { wachtend, fotosTeGaan } = await tablet.page.evaluate(() => globalThis.kern.om.bericht.get())
      return wachtend === 0 && fotosTeGaan === 0
    }, 120)
    uitslag.bericht = await tablet.page.evaluate(() => globalThis.kern.om.bericht.get())
    const [gebeurtenissen, bijlagen] = [await stored('controlegebeurtenissen'), await stored('bijlagen')]
    const count = (ids, rijen) => [...ids].filter((id) => rijen.get(id) !== 1)
    uitslag.bevestigd = bevestigd.gebeurtenis.size
    uitslag.fotos = bevestigd.foto.size
    uitslag.kwijtOfDubbel = count(bevestigd.gebeurtenis, gebeurtenissen)
    // Beyond the limits of a question the service refuses a photo; then it must be here still, with the reason.
    const hier = await tablet.page.evaluate(async () => {
      const { om } = globalThis.kern
      const bytes = new Set(await om.db.fotobytes.toCollection().primaryKeys())
      return [...om.geheugen.fotos.values()].filter((foto) => foto.reden && bytes.has(foto.id)).map((foto) => foto.id)
    })
    uitslag.fotosGeweigerd = hier.length
    uitslag.fotosKwijtOfDubbel = count(bevestigd.foto, bijlagen).filter((id) => !hier.includes(id))
    return uitslag
  } finally {
    await tablet.sluit()
  }
}
