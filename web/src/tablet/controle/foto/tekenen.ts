// Drawing on a photo: parts that nobody may see are made unreadable for good, and an arrow points at what matters.

export interface Vlak {
  x: number
  y: number
  breedte: number
  hoogte: number
}

export interface Bewerking {
  soort: 'vervagen' | 'pijl'
  van: { x: number; y: number }
  naar: { x: number; y: number }
}

/** At most this many blocks are left of the longer side: too few to read a face, a name or a number back. */
const BLOKKEN = 6
const KLEINSTE = 40

export function areaOf({ van, naar }: Bewerking, breedte: number, hoogte: number): Vlak {
  const halve = KLEINSTE / 2
  const klein = Math.abs(naar.x - van.x) < KLEINSTE && Math.abs(naar.y - van.y) < KLEINSTE
  // A tap without a drag blurs a square around it: for whoever cannot drag (WCAG 2.5.7).
  const [links, boven, rechts, onder] = klein
    ? [van.x - halve * 3, van.y - halve * 3, van.x + halve * 3, van.y + halve * 3]
    : [Math.min(van.x, naar.x), Math.min(van.y, naar.y), Math.max(van.x, naar.x), Math.max(van.y, naar.y)]
  const x = Math.max(0, Math.round(links))
  const y = Math.max(0, Math.round(boven))
  return {
    x,
    y,
    breedte: Math.max(1, Math.min(breedte, Math.round(rechts)) - x),
    hoogte: Math.max(1, Math.min(hoogte, Math.round(onder)) - y),
  }
}

/** The average of a few blocks takes the place of the pixels; what was there is gone from the image that is stored. */
export function blur(doek: CanvasRenderingContext2D, vlak: Vlak): void {
  const schaal = BLOKKEN / Math.max(vlak.breedte, vlak.hoogte)
  const klein = new OffscreenCanvas(
    Math.max(1, Math.round(vlak.breedte * schaal)),
    Math.max(1, Math.round(vlak.hoogte * schaal)),
  )
  const verkleind = klein.getContext('2d')
  if (verkleind === null) throw new Error('no canvas to draw on')
  verkleind.imageSmoothingEnabled = true
  verkleind.imageSmoothingQuality = 'high'
  verkleind.drawImage(doek.canvas, vlak.x, vlak.y, vlak.breedte, vlak.hoogte, 0, 0, klein.width, klein.height)
  doek.imageSmoothingEnabled = true
  doek.drawImage(klein, 0, 0, klein.width, klein.height, vlak.x, vlak.y, vlak.breedte, vlak.hoogte)
}

/** Yellow with a dark edge: seen on every ground, and not red (PLN-19). */
export function arrow(doek: CanvasRenderingContext2D, { van, naar }: Bewerking): void {
  const dikte = Math.max(6, doek.canvas.width / 120)
  const kort = Math.hypot(naar.x - van.x, naar.y - van.y) < KLEINSTE
  const begin = kort ? { x: naar.x - dikte * 12, y: naar.y + dikte * 12 } : van
  const hoek = Math.atan2(naar.y - begin.y, naar.x - begin.x)
  const lijn = () => {
    doek.beginPath()
    doek.moveTo(begin.x, begin.y)
    doek.lineTo(naar.x, naar.y)
    for (const kant of [-1, 1]) {
      doek.moveTo(naar.x, naar.y)
      doek.lineTo(naar.x - dikte * 5 * Math.cos(hoek + kant * 0.5), naar.y - dikte * 5 * Math.sin(hoek + kant * 0.5))
    }
    doek.stroke()
  }
  doek.lineCap = 'round'
  doek.lineJoin = 'round'
  for (const [kleur, breedte] of [
    ['#1a1a1a', dikte * 1.8],
    ['#ffe600', dikte],
  ] as const) {
    doek.strokeStyle = kleur
    doek.lineWidth = breedte
    lijn()
  }
}

export function draw(doek: CanvasRenderingContext2D, bron: CanvasImageSource, bewerkingen: readonly Bewerking[]): void {
  const { width, height } = doek.canvas
  doek.drawImage(bron, 0, 0, width, height)
  for (const bewerking of bewerkingen) {
    if (bewerking.soort === 'vervagen') blur(doek, areaOf(bewerking, width, height))
    else arrow(doek, bewerking)
  }
}

const LANGSTE = 2048
const KWALITEIT = 0.85

/** Size at which a photo is kept: what the service would make of it is no bigger than 2,560 pixels. */
export function sizeFor(breedte: number, hoogte: number): { breedte: number; hoogte: number } {
  const schaal = Math.min(1, LANGSTE / Math.max(breedte, hoogte, 1))
  return { breedte: Math.round(breedte * schaal), hoogte: Math.round(hoogte * schaal) }
}

/** A JPEG of the pixels alone: a canvas knows no place, time or device. */
export function toJpeg(doek: HTMLCanvasElement): Promise<Blob> {
  return new Promise((klaar, mis) => {
    doek.toBlob(
      (beeld) => (beeld ? klaar(beeld) : mis(new Error('the photo could not be made'))),
      'image/jpeg',
      KWALITEIT,
    )
  })
}
