/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const SERVICE = process.env.VELDWACHT_DIENST ?? 'http://localhost:8000'

export default defineConfig({
  base: '/app/',
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
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
})
