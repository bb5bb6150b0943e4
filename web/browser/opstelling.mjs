// A tablet in a real browser: profile on disk, virtual authenticator with PRF, sign-in by the real pages.
//
//   const veld = await maakVeld()
//   const tablet = await openTablet()             // Chromium at 820 x 1180
//   await tablet.aanmelden(Object.keys(veld.accounts)[0])
//   await tablet.instellen()                      // key of the device; { pin: '735912' } for a PIN
//   await tablet.offline(); await tablet.doden(); await tablet.heropen()
//   const af = await klant('af-veiligheid'); await af.lees('/signalen')

import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { proef } from './proef.mjs'

export {
  beeindigAccount,
  doodDienst,
  leesStand,
  maakVeld,
  proef,
  startDienst,
  stopProef,
  zetKaartbron,
} from './proef.mjs'

export const TABLET = { width: 820, height: 1180 }
export const LIGGEND = { width: 1180, height: 820 }
export const TELEFOON = { width: 390, height: 844 }

/** The browser of the machine; nothing is ever downloaded. */
function browserpad() {
  const gevonden = [
    process.env.VELDWACHT_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((pad) => pad && existsSync(pad))
  if (!gevonden) throw new Error('no Chromium found; name one in VELDWACHT_CHROMIUM')
  return gevonden
}

const VLAGGEN = [
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

/**
 * Opens a tablet.
 *
 * The browser is a process of its own that is spoken to over its debugging port, so that it can be killed like any program
 * and opened again on the same profile. `offline()` cuts page and service worker alike, by the network of the whole browser.
 */
export async function openTablet({ formaat = TABLET, map = null, donker = false, versnel = 1, vlaggen = [] } = {}) {
  const profiel = map ?? mkdtempSync(join(tmpdir(), 'veldwacht-tablet-'))
  const tablet = new Tablet(profiel, { formaat, donker, versnel, vlaggen })
  await tablet.heropen()
  return tablet
}

// A test run that ends, however it ends, leaves no browser behind.
const levend = new Set()
process.on('exit', () => {
  for (const { pid } of levend) process.kill(-pid, 'SIGKILL')
})

for (const sein of ['SIGTERM', 'SIGINT']) process.once(sein, () => process.exit(1))

export class Tablet {
  /** Faults of the page, refusals of the content policy, and requests to any other place than the service. */
  fouten = []
  vreemd = []
  #sleutels = []
  #net = true

  constructor(profiel, keuzes) {
    this.profiel = profiel
    this.keuzes = keuzes
  }

  async heropen() {
    const { url, issuer } = await proef()
    this.url = url
    this.issuer = issuer
    rmSync(join(this.profiel, 'DevToolsActivePort'), { force: true })
    this.proces = spawn(
      browserpad(),
      [
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${this.profiel}`,
        ...VLAGGEN,
        ...this.keuzes.vlaggen,
        'about:blank',
      ],
      { stdio: 'ignore', detached: true },
    )
    levend.add(this.proces)
    this.proces.once('exit', () => levend.delete(this.proces))
    const poort = await poortVan(this.profiel, this.proces)
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${poort}`)
    this.context = this.browser.contexts()[0]
    // Generous: a test waits for what it asks, and a busy machine is no fault.
    this.context.setDefaultTimeout(45_000)
    if (!this.#net) await this.context.setOffline(true)
    await this.context.grantPermissions(['camera'], { origin: url })
    this.page = await this.nieuwBlad()
    for (const blad of this.context.pages()) if (blad !== this.page) await blad.close()
  }

  /** Another page (tab) of the same browser, with its own authenticator that holds the same keys. */
  async nieuwBlad() {
    const page = await this.context.newPage()
    await page.setViewportSize(this.keuzes.formaat)
    await page.emulateMedia({ colorScheme: this.keuzes.donker ? 'dark' : 'light', reducedMotion: 'reduce' })
    page.on('pageerror', (fout) => this.fouten.push(String(fout)))
    page.on('console', (bericht) => {
      if (/content security policy/i.test(bericht.text())) this.fouten.push(bericht.text())
    })
    page.on('request', (verzoek) => {
      const plek = new URL(verzoek.url())
      const eigen =
        [this.url, this.issuer].includes(plek.origin) || ['blob:', 'data:', 'about:'].includes(plek.protocol)
      if (!eigen) this.vreemd.push(verzoek.url())
    })
    const cdp = await this.context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    for (const credential of this.#sleutels) await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })
    cdp.on('WebAuthn.credentialAdded', ({ credential }) => this.#bewaar(credential))
    cdp.on('WebAuthn.credentialAsserted', ({ credential }) => this.#bewaar(credential))
    if (this.keuzes.versnel > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: this.keuzes.versnel })
    page.cdp = cdp
    return page
  }

  #bewaar(credential) {
    this.#sleutels = [...this.#sleutels.filter((een) => een.credentialId !== credential.credentialId), credential]
  }

  /** Signs in by the pages of the service and its identity provider, and comes back in the app. */
  async aanmelden(sub, naar = '/app/') {
    await this.page.goto(`${this.url}/aanmelden?naar=${encodeURIComponent(naar)}`)
    await this.page.locator(`button[name="sub"][value="${sub}"], input[name="sub"][value="${sub}"]`).first().click()
    const verder = this.page.locator('button[type="submit"]:not([name="sub"])')
    if (new URL(this.page.url()).origin === this.issuer && (await verder.count()) > 0) await verder.first().click()
    await this.page.waitForURL((plek) => plek.href.startsWith(`${this.url}/app`))
  }

  /** Sets the device up: by the key of the device, or by a PIN. */
  async instellen({ pin = null } = {}) {
    if (pin === null) {
      await this.page.getByRole('button', { name: 'Stel in met vinger of gezicht' }).click()
    } else {
      await this.page.getByLabel('Pincode', { exact: true }).fill(pin)
      await this.page.getByLabel('Pincode nog eens').fill(pin)
      await this.page.getByRole('button', { name: 'Stel in met pincode' }).click()
    }
    await this.page.getByRole('heading', { level: 1, name: 'Vandaag' }).waitFor()
  }

  /** `kop`: the heading to wait for; null for none. */
  async ontgrendelen({ pin = null, kop = 'Vandaag' } = {}) {
    if (pin === null) await this.page.getByRole('button', { name: 'Ontgrendel', exact: true }).click()
    else {
      await this.page.getByLabel('Pincode', { exact: true }).fill(pin)
      await this.page.getByRole('button', { name: 'Ontgrendel met pincode' }).click()
    }
    if (kop !== null) await this.page.getByRole('heading', { level: 1, name: kop }).waitFor()
  }

  /** The service worker of the app. */
  async werker() {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    const eigen = () => this.context.serviceWorkers().find((een) => een.url().includes('/app/'))
    return eigen() ?? (await totdat(async () => eigen()))
  }

  /** Cuts the network of page and service worker; what is under way breaks off. */
  async offline() {
    this.#net = false
    await this.context.setOffline(true)
  }

  async online() {
    this.#net = true
    await this.context.setOffline(false)
  }

  get heeftNet() {
    return this.#net
  }

  /**
   * SIGKILL to the whole browser, as a power cut would. The profile stays. The virtual authenticator forgets its PRF secrets then, so that
   * after this a tablet opens by PIN only; for a device key reload the page instead.
   */
  async doden() {
    const weg = new Promise((resolve) => this.proces.once('exit', resolve))
    process.kill(-this.proces.pid, 'SIGKILL')
    await weg
  }

  async sluit({ bewaar = false } = {}) {
    if (this.proces.exitCode === null && this.proces.signalCode === null) await this.doden()
    if (!bewaar) rmSync(this.profiel, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function poortVan(profiel, proces) {
  const bestand = join(profiel, 'DevToolsActivePort')
  for (let nr = 0; nr < 600; nr += 1) {
    if (proces.exitCode !== null) throw new Error(`the browser ended with code ${proces.exitCode}`)
    if (existsSync(bestand)) {
      const poort = readFileSync(bestand, 'utf8').split('\n')[0]
      if (poort) return poort
    }
    await wacht(50)
  }
  throw new Error('the browser did not open its port')
}

export const wacht = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until the answer is true, and gives the last answer when it never is. */
export async function totdat(vraag, seconden = 45) {
  const eind = Date.now() + seconden * 1000
  let antwoord = await vraag()
  while (!antwoord && Date.now() < eind) {
    await wacht(200)
    antwoord = await vraag()
  }
  return antwoord
}

/** What the service holds, read over its public API as an account ('af-veiligheid', a team leader, ...). */
export async function klant(sub) {
  const { url, issuer } = await proef()
  const geheim = randomBytes(48).toString('base64url')
  const velden = {
    response_type: 'code',
    client_id: 'veldwacht-verhaal',
    redirect_uri: 'http://localhost:8765/terug',
    scope: 'openid',
    state: randomBytes(24).toString('base64url'),
    nonce: randomBytes(24).toString('base64url'),
    code_challenge: createHash('sha256').update(geheim).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const terug = await fetch(`${issuer}/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ ...velden, sub }),
    redirect: 'manual',
  })
  const code = new URL(terug.headers.get('location')).searchParams.get('code')
  const ruil = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: velden.client_id,
      redirect_uri: velden.redirect_uri,
      code,
      code_verifier: geheim,
    }),
  })
  const { access_token: token } = await ruil.json()
  const vraag = async (methode, pad, inhoud, koppen = {}) => {
    const antwoord = await fetch(`${url}/v1${pad}`, {
      method: methode,
      headers: {
        ...koppen,
        Authorization: `Bearer ${token}`,
        ...(inhoud ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(inhoud ? { body: JSON.stringify(inhoud) } : {}),
    })
    if (!antwoord.ok) throw new Error(`${methode} ${pad} as ${sub} gave ${antwoord.status}: ${await antwoord.text()}`)
    return antwoord.status === 204 ? null : antwoord.json()
  }
  /** Changes a record on the version that was read just before. */
  const wijzig = async (pad, actie, inhoud) => {
    const gelezen = await fetch(`${url}/v1${pad}`, { headers: { Authorization: `Bearer ${token}` } })
    return vraag('POST', pad + actie, inhoud, { 'If-Match': gelezen.headers.get('etag') })
  }
  return {
    vraag,
    wijzig,
    lees: (pad) => vraag('GET', pad),
    stuur: (pad, inhoud) => vraag('POST', pad, inhoud),
    async alles(pad) {
      const rijen = []
      let cursor = null
      do {
        const blad = await vraag('GET', cursor ? `${pad}${pad.includes('?') ? '&' : '?'}cursor=${cursor}` : pad)
        rijen.push(...blad.resultaten)
        cursor = blad.volgende
      } while (cursor)
      return rijen
    },
  }
}
