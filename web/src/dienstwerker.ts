/// <reference lib="webworker" />
// The app itself is kept for use without network; nothing of the API is ever cached here.

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

cleanupOutdatedCaches()
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/app/index.html'), { allowlist: [/^\/app\//] }))

self.addEventListener('message', (event) => {
  if (event.data === 'neem-over') void self.skipWaiting()
})
