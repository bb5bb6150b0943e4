// How the screen looks on this device. Says nothing about work, so it may stand in the plain store of the browser.

import { useSyncExternalStore } from 'react'

export const LETTERS = ['100', '125', '150', '200'] as const
export const CONTRASTEN = ['apparaat', 'licht', 'donker', 'zon'] as const
export const HANDEN = ['rechts', 'links'] as const

export interface Weergave {
  letters: (typeof LETTERS)[number]
  contrast: (typeof CONTRASTEN)[number]
  hand: (typeof HANDEN)[number]
}

const SLEUTEL = 'weergave'
const GEWOON: Weergave = { letters: '100', contrast: 'apparaat', hand: 'rechts' }
const luisteraars = new Set<() => void>()
let nu = GEWOON

export function among<T extends string>(keuzes: readonly T[], waarde: unknown, anders: T): T {
  return keuzes.find((keuze) => keuze === waarde) ?? anders
}

/** What an earlier build or another hand left there is taken as far as it is known. */
export function readWeergave(tekst: string | null): Weergave {
  let los: Record<string, unknown> = {}
  try {
    const gelezen: unknown = JSON.parse(tekst ?? '{}')
    if (typeof gelezen === 'object' && gelezen !== null) los = gelezen as Record<string, unknown>
  } catch (fout) {
    if (!(fout instanceof SyntaxError)) throw fout
  }
  return {
    letters: among(LETTERS, los.letters, GEWOON.letters),
    contrast: among(CONTRASTEN, los.contrast, GEWOON.contrast),
    hand: among(HANDEN, los.hand, GEWOON.hand),
  }
}

function toon(): void {
  const { dataset } = document.documentElement
  dataset.letters = nu.letters
  dataset.contrast = nu.contrast
  dataset.hand = nu.hand
}

export function startWeergave(): void {
  nu = readWeergave(localStorage.getItem(SLEUTEL))
  toon()
}

export function changeWeergave(deel: Partial<Weergave>): void {
  nu = { ...nu, ...deel }
  localStorage.setItem(SLEUTEL, JSON.stringify(nu))
  toon()
  for (const luister of luisteraars) luister()
}

export function useWeergave(): Weergave {
  return useSyncExternalStore(
    (luister) => {
      luisteraars.add(luister)
      return () => luisteraars.delete(luister)
    },
    () => nu,
  )
}
