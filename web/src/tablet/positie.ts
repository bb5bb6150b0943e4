// Where the tablet is: asked only after a tap that says what for, used once, stored nowhere.

export interface Positie {
  lengte: number
  breedte: number
  /** Metres around it in which the device may be. */
  nauwkeurig: number
}

const WACHT_MS = 12_000

/** The position, or null when the user, the device or the time says no. */
export function askPosition(): Promise<Positie | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lengte: coords.longitude, breedte: coords.latitude, nauwkeurig: Math.round(coords.accuracy) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: WACHT_MS, maximumAge: 30_000 },
    )
  })
}
