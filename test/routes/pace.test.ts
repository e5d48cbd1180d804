import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import t from 'tap'
import { keepPace } from '../../src/routes/pace.ts'

/** A server whose time stands still, and a client that sends a body in part. */
async function started(test: Tap, type: string) {
  let now = 0
  const later: { readonly ms: number; readonly run: () => void; off: boolean }[] = []
  const app = Fastify()
  keepPace(app, {
    clock: { now: () => now, monotonic: () => now },
    wholeMs: 120_000,
    minBytesPerSecond: 500,
    after: (ms, run) => {
      const one = { ms, run, off: false }
      later.push(one)
      return () => {
        one.off = true
      }
    }
  })
  let read = 0
  const came = Promise.withResolvers<void>()
  app.addContentTypeParser(type, (_request, payload, done) => {
    payload.on('data', (bytes: Buffer) => {
      read += bytes.length
      if (read >= 20_000) came.resolve()
    })
    payload.on('end', () => done(null))
  })
  app.post('/', () => 'ok')
  await app.listen({ host: '127.0.0.1', port: 0 })
  test.teardown(() => app.close())
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  client.on('data', bytes => (answer += bytes.toString()))
  const ended = once(client, 'close')
  client.write(
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 30000\r\n\r\n`
  )
  client.write('x'.repeat(20_000))
  await came.promise
  const pass = (ms: number): void => {
    now += ms
    later.at(-1)?.run()
  }
  return { client, ended, pass, later, answer: () => answer }
}

type Tap = { teardown(run: () => unknown): void }
const finish = (client: Socket) => client.write('x'.repeat(10_000))

t.test('a body in memory is there after its time, or cut with 408', async t => {
  const { ended, pass, answer, later } = await started(t, 'application/json')
  t.equal(later[0]?.ms, 120_000)
  pass(120_000)
  await ended
  t.match(answer(), /^HTTP\/1\.1 408 /)
})

t.test('a form goes on while enough of it comes', async t => {
  const { client, ended, pass, answer, later } = await started(t, 'multipart/form-data; boundary=b')
  pass(120_000)
  pass(10_000)
  finish(client)
  await ended
  t.match(answer(), /^HTTP\/1\.1 200 /)
  t.equal(later.length, 3)
  t.ok(later.at(-1)?.off, 'nothing waits any longer')
})

t.test('a form of which nothing comes any more is cut', async t => {
  const { ended, pass, answer } = await started(t, 'multipart/form-data; boundary=b')
  pass(120_000)
  pass(100_000)
  await ended
  t.match(answer(), /^HTTP\/1\.1 408 /)
})

t.test('a body that came is not waited for', async t => {
  const { client, ended, later, pass, answer } = await started(t, 'application/json')
  finish(client)
  await ended
  t.ok(later[0]?.off)
  pass(120_000)
  t.match(answer(), /^HTTP\/1\.1 200 /)
})
