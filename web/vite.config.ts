/// <reference types="vitest/config" />
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const SERVICE = process.env.VELDWACHT_DIENST ?? 'http://localhost:8000'

/** The version that the office sees of a tablet, with a mark of what it was built of: two builds of one version differ when their sources do. */
function version(): string {
  const bron = createHash('sha256')
  for (const plek of ['../openapi.json', 'package-lock.json', 'index.html', 'src']) {
    const alle = statSync(plek).isDirectory() ? readdirSync(plek, { recursive: true }).map(String).sort() : ['']
    for (const naam of alle.filter((een) => !/schema\.d\.ts$|\.test\.tsx?$/.test(een))) {
      const bestand = join(plek, naam)
      if (statSync(bestand).isFile()) bron.update(`${naam}\0`).update(readFileSync(bestand))
    }
  }
  return `${JSON.parse(readFileSync('package.json', 'utf8')).version}+${bron.digest('hex').slice(0, 8)}`
}

export default defineConfig({
  base: '/app/',
  define: { 'import.meta.env.VITE_VERSIE': JSON.stringify(version()) },
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'dienstwerker.ts',
      // An update waits until nothing is open: see src/schil/bijwerken.ts.
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: '/app/',
        name: 'Veldwacht',
        short_name: 'Veldwacht',
        description: 'Controles in het veld, ook zonder netwerk.',
        lang: 'nl',
        dir: 'ltr',
        start_url: '/app/',
        scope: '/app/',
        display: 'standalone',
        orientation: 'any',
        background_color: '#ffffff',
        theme_color: '#003660',
        icons: [
          { src: 'pictogram-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'pictogram-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'pictogram-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
    }),
  ],
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0, reportCompressedSize: true },
  server: { proxy: { '/v1': SERVICE, '/aanmelden': SERVICE, '/afmelden': SERVICE } },
  // stdnum is written for bundlers: its modules leave out the ending of a file name.
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', server: { deps: { inline: ['stdnum'] } } },
})
