// More than one tab: one of them sends, the other says so; both can record.

const SLOT = 'veldwacht-verzenden'
const INSTELLEN = 'veldwacht-instellen'
const KANAAL = 'veldwacht'

export interface Tabbladen {
  /** `onLead` when this tab is the one that sends (at once, or when the other closes); `onSecond` while another one is. */
  lead(onLead: () => void, onSecond: () => void): void
  /** While this is being done no other tab does the same: setting the tablet up. */
  byOne<T>(werk: () => Promise<T>): Promise<T>
  /** Tell other tabs that something stands on the disk; `onTold` when another tells us. */
  tell(wat: Bericht): void
  onTold(luister: (wat: Bericht) => void): void
  close(): void
}

/** `afgemeld`: emptied because its user left; `gewist`: by order. */
export type Bericht = 'gewijzigd' | 'afgemeld' | 'gewist'

export const alone: Tabbladen = {
  lead: (onLead) => onLead(),
  byOne: (werk) => werk(),
  tell: () => undefined,
  onTold: () => undefined,
  close: () => undefined,
}

export function browserTabs(): Tabbladen {
  const kanaal = new BroadcastChannel(KANAAL)
  return {
    lead(onLead, onSecond) {
      const hold = (slot: Lock | null): Promise<void> | undefined => {
        if (slot === null) return undefined
        onLead()
        return new Promise(() => undefined)
      }
      void navigator.locks.request(SLOT, { ifAvailable: true }, (slot) => {
        if (slot !== null) return hold(slot)
        onSecond()
        void navigator.locks.request(SLOT, hold)
        return undefined
      })
    },
    byOne: async (werk) => navigator.locks.request(INSTELLEN, werk),
    tell: (wat) => kanaal.postMessage(wat),
    onTold: (luister) => kanaal.addEventListener('message', (bericht: MessageEvent<Bericht>) => luister(bericht.data)),
    close: () => kanaal.close(),
  }
}
