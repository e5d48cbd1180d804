import t from 'tap'
import { isLoopbackHost } from '../../src/core/loopback.ts'

t.test('loopback names and addresses', async t => {
  for (const host of [
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '[::1]',
    'localhost',
    'LOCALHOST',
    '::ffff:127.0.0.1'
  ]) {
    t.ok(isLoopbackHost(host), host)
  }
  const others = [
    '0.0.0.0',
    '::',
    '127.0.0.1.example.com',
    '127.1',
    'localhost.',
    'a.localhost',
    '10.0.0.1',
    ''
  ]
  for (const host of [...others, '::ffff:10.0.0.1', '[127.0.0.1', '::1%eth0', 'localhost.example.com']) {
    t.notOk(isLoopbackHost(host), host)
  }
})
