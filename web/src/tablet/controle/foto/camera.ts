// The camera of the device, for the app alone: no file, no gallery, no sound (V5).

import { type RefObject, useEffect, useState } from 'react'

export type Camerastand = 'start' | 'klaar' | 'geweigerd' | 'geen'

/** Shows the camera at the back in `beeld` for as long as it is asked, and lets go of it at once after. */
export function useCamera(beeld: RefObject<HTMLVideoElement | null>, aan: boolean): Camerastand {
  const [stand, setStand] = useState<Camerastand>('start')
  useEffect(() => {
    if (!aan) return
    let stroom: MediaStream | null = null
    let weg = false
    const stop = () => {
      for (const spoor of stroom?.getTracks() ?? []) spoor.stop()
    }
    async function open() {
      try {
        stroom = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
        })
      } catch (fout) {
        setStand(fout instanceof DOMException && fout.name === 'NotAllowedError' ? 'geweigerd' : 'geen')
        return
      }
      if (weg || beeld.current === null) return stop()
      beeld.current.srcObject = stroom
      await beeld.current.play().catch(() => setStand('geen'))
      if (!weg) setStand('klaar')
    }
    setStand('start')
    void open()
    return () => {
      weg = true
      stop()
    }
  }, [aan, beeld])
  return stand
}
