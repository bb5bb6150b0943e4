import { expect, test } from 'vitest'
import { opVolgorde, sinds } from './volgorde'

test('stale tablets come first, wiped ones last', () => {
  const tablet = (id: string, gezienOp: string, aandacht: string[] = [], gewistOp: string | null = null) => ({
    id,
    gezienOp,
    aandacht,
    gewistOp,
    oudsteOp: null,
  })
  const volgorde = opVolgorde([
    tablet('gewist', '2026-01-01', ['stil'], '2026-01-02'),
    tablet('goed', '2026-11-22'),
    tablet('stil', '2026-11-20', ['stil']),
    tablet('ouder', '2026-11-21'),
  ])
  expect(volgorde.map((een) => een.id)).toEqual(['stil', 'ouder', 'goed', 'gewist'])
})

test('how long ago', () => {
  const nu = new Date('2026-11-22T12:00:00Z')
  expect(sinds('2026-11-22T11:59:40Z', nu)).toBe('zojuist')
  expect(sinds('2026-11-22T09:30:00Z', nu)).toBe('2 uur 30 min geleden')
  expect(sinds('2026-11-20T12:00:00Z', nu)).toBe('2 dagen geleden')
})
