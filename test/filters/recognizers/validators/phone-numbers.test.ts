import { type CountryCode, isValidPhoneNumber } from 'libphonenumber-js/min'
import t from 'tap'
import {
  isInternational,
  isNational,
  isNationalAnywhere
} from '../../../../src/filters/recognizers/validators/phone-numbers.ts'

const countries: CountryCode[] = ['DE', 'AT', 'CH', 'FR', 'US', 'IT', 'ES', 'PL']
const numbers = [
  '030123456',
  '01711234567',
  '0664123456',
  '0791234567',
  '0612345678',
  '02079460958',
  '4155550132',
  '0612',
  '600123456',
  '5',
  '00000'
]

t.test('says of national numbers what the library says', async t => {
  for (const country of countries) {
    for (const digits of numbers)
      t.equal(isNational(country, digits), isValidPhoneNumber(digits, country), `${country} ${digits}`)
  }
})

t.test('says of international numbers what the library says', async t => {
  for (const digits of [
    '4930123456',
    '491711234567',
    '43664123456',
    '41446681800',
    '14155550132',
    '999123456',
    '12',
    '442079460958'
  ]) {
    t.equal(isInternational(digits), isValidPhoneNumber(`+${digits}`), digits)
  }
  t.ok(isInternational('49030123456'), 'a trunk zero in between is let through')
})

t.test('some country', async t => {
  t.ok(isNationalAnywhere('030123456'))
  t.notOk(isNationalAnywhere('1'))
  t.notOk(isNational('XX', '030123456'))
})
