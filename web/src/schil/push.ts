// Being woken by this browser: the text is 'nieuw bericht' and never more (PLN-19).

import { dienst } from '../api/client'

export type Wekstand = 'kan niet' | 'uit' | 'aan'

/** Calls back when somebody tapped a push and the app was there already; answers how to stop. */
export function onBericht(haal: () => void): () => void {
  const luister = (event: MessageEvent) => {
    if ((event.data as { type?: string } | null)?.type === 'BERICHT') haal()
  }
  navigator.serviceWorker?.addEventListener('message', luister)
  return () => navigator.serviceWorker?.removeEventListener('message', luister)
}

async function registratie(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return undefined
  return navigator.serviceWorker.getRegistration('/app/')
}

export async function wekstand(): Promise<Wekstand> {
  const plek = await registratie()
  if (plek === undefined) return 'kan niet'
  return (await plek.pushManager.getSubscription()) === null ? 'uit' : 'aan'
}

/** Asks leave, subscribes and tells the service; answers in words what stood in the way, or nothing. */
export async function startWekken(): Promise<string> {
  const plek = await registratie()
  const { data } = await dienst.GET('/berichtinstellingen')
  if (plek === undefined || !data?.pushSleutel) return 'De gemeente heeft berichten voor tablets niet aangezet.'
  if ((await Notification.requestPermission()) !== 'granted') return 'De tablet staat berichten van deze app niet toe.'
  const abonnement = await plek.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: data.pushSleutel,
  })
  const { endpoint, keys } = abonnement.toJSON()
  const { response } = await dienst.POST('/pushabonnementen', {
    body: { endpoint: endpoint ?? '', p256Dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
  })
  if (response.ok) return ''
  await abonnement.unsubscribe()
  return 'Dit lukte niet. Probeer het opnieuw als er netwerk is.'
}

/** The push service drops the address; the service forgets it at the first message that it refuses. */
export async function stopWekken(): Promise<void> {
  const abonnement = await (await registratie())?.pushManager.getSubscription()
  await abonnement?.unsubscribe()
}
