// Whether the browser thinks that there is a network.

import { useSyncExternalStore } from 'react'

function subscribe(luister: () => void): () => void {
  window.addEventListener('online', luister)
  window.addEventListener('offline', luister)
  return () => {
    window.removeEventListener('online', luister)
    window.removeEventListener('offline', luister)
  }
}

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
