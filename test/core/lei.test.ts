import t from 'tap'
import { isLei } from '../../src/core/lei.ts'

t.test('check digits by ISO 7064 MOD 97-10', async t => {
  // The first two are in the GLEIF's own documentation and the DORA reference; the last digits are changed below.
  for (const lei of ['INR2EJN1ERAN0W5ZP974', '5493006MHB84DD0ZWV18', '529900T8BM49AURSDO55'])
    t.ok(isLei(lei), lei)
  for (const lei of [
    'INR2EJN1ERAN0W5ZP975',
    '5493006MHB84DD0ZWV81',
    '',
    'inr2ejn1eran0w5zp974',
    '529900T8BM49AURSDO5'
  ])
    t.notOk(isLei(lei), lei)
})
