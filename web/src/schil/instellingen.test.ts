import { expect, test } from 'vitest'
import { readWeergave } from './instellingen'

test('takes what it knows and leaves the rest', () => {
  const gewoon = { letters: '100', contrast: 'apparaat', hand: 'rechts' }
  for (const stuk of [null, '', '{', 'null', '7', '{"letters":"900"}']) expect(readWeergave(stuk)).toEqual(gewoon)
  expect(readWeergave('{"letters":"200","hand":"links"}')).toEqual({ ...gewoon, letters: '200', hand: 'links' })
})
