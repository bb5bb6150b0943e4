import { expect, test } from 'vitest'
import { pinbezwaar } from './pin'

test.each(['', '12345', '12a456', '111111', '123456', '987654', '0123456789'])('%s is refused', (pin) => {
  expect(pinbezwaar(pin)).not.toBe('')
})

test.each(['735912', '112233', '135791'])('%s will do', (pin) => {
  expect(pinbezwaar(pin)).toBe('')
})
