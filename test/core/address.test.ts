import t from 'tap'
import { isPrivateAddress, isPublicAddress } from '../../src/core/address.ts'

/** The edges of the IANA special-purpose registries (RFC 6890), and the ways to write IPv4 inside IPv6. */

const isPublic = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700::1111',
  '::ffff:1.1.1.1'
]
const isOwn = [
  '10.0.0.0',
  '10.255.255.255',
  '100.64.0.0',
  '100.127.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  'fc00::1',
  'fdff::1'
]
const isNeither = [
  '0.0.0.0',
  '127.0.0.1',
  '169.254.169.254',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '1.1.1.1 ',
  ''
]

t.test('public', async t => {
  for (const address of isPublic) t.same([isPublicAddress(address), isPrivateAddress(address)], [true, false])
})

t.test('private', async t => {
  for (const address of isOwn)
    t.same([isPublicAddress(address), isPrivateAddress(address)], [false, true], address)
  t.equal(isPublicAddress('::ffff:10.0.0.1'), false)
})

t.test('neither', async t => {
  for (const address of isNeither)
    t.same([isPublicAddress(address), isPrivateAddress(address)], [false, false], address)
})
