/// <reference lib="webworker" />
// The app itself is kept for use without network; nothing of the API is ever cached here.

import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

const APP = '/app/'
/** All that a push ever says, whatever was sent (PLN-19). */
const TEKST = 'nieuw bericht'

// The page of the first visit too: without network it opens again, and a new build waits for it.
clientsClaim()
cleanupOutdatedCaches()
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/app/index.html'), { allowlist: [/^\/app\//] }))

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('push', (event) => {
  const pictogram = `${APP}pictogram-192.png`
  event.waitUntil(self.registration.showNotification(TEKST, { tag: 'bericht', icon: pictogram, lang: 'nl' }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openApp())
})

async function openApp(): Promise<void> {
  const vensters = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const venster = vensters.find((een) => new URL(een.url).pathname.startsWith(APP))
  if (venster === undefined) {
    await self.clients.openWindow(APP)
    return
  }
  // The screen stays where it is, with what somebody is filling in; what is new comes to it.
  venster.postMessage({ type: 'BERICHT' })
  await venster.focus()
}
