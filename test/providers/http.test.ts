import { once } from 'node:events'
import http from 'node:http'
import type net from 'node:net'
import t, { type Test } from 'tap'
import { HttpClient } from '../../src/providers/http.ts'
import type { Timeouts, WireRequest } from '../../src/providers/provider.ts'
import { type RawServer, Recorder, rawServer } from './raw-server.ts'

const request: WireRequest = {
  path: '/chat/completions',
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"model":"m"}',
  stream: false
}

/** Long enough never to fire where a test is about something else. */
const patient: Timeouts = { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 }

function client(
  t: Test,
  server: { url: string },
  timeouts: Partial<Timeouts> = {},
  maxConnections = 4
): HttpClient {
  const client = new HttpClient({
    id: 'p1',
    baseUrl: `${server.url}/v1`,
    timeouts: { ...patient, ...timeouts },
    maxConnections
  })
  t.teardown(() => client.close())
  return client
}

async function exchange(client: HttpClient, over: Partial<WireRequest> = {}): Promise<Recorder> {
  const recorder = new Recorder()
  client.send({ ...request, ...over }, recorder)
  await recorder.done.promise
  return recorder
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-type: text/plain\r\n\r\nhello'

t.test('a request leaves byte for byte and an answer arrives', async t => {
  let seen = ''
  const server = await rawServer(t, (socket, text) => {
    seen = text
    socket.write(ok)
  })
  const body = '{"model":"m","u":"\\u00e4 ä","n":1.0,"n2":12345678901234567890}'
  const answer = await exchange(client(t, server), {
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer k',
      host: 'evil',
      connection: 'x',
      te: 'a'
    },
    body
  })
  t.match(seen, /^POST \/v1\/chat\/completions HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\n/)
  t.match(seen, '\r\naccept-encoding: identity\r\n')
  t.match(seen, '\r\nauthorization: Bearer k\r\n')
  t.notMatch(seen, /evil|\nte:|connection: x/)
  t.ok(seen.endsWith(Buffer.from(body).toString('latin1')))
  t.same(answer.events, ['head', 'data', 'end'])
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('content-type'), 'text/plain')
  t.equal(answer.body, 'hello')
})

t.test('one byte per packet, also in the head and in chunk sizes', async t => {
  const text =
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n\xf0\x9f\x98\x80\r\n2\r\nok\r\n0\r\n\r\n'
  const server = await rawServer(t, socket => {
    let at = 0
    const next = (): void => {
      if (at < text.length) socket.write(Buffer.from(text.charAt(at++), 'latin1'), () => setImmediate(next))
    }
    next()
  })
  const answer = await exchange(client(t, server))
  t.equal(answer.body, '😀ok')
  t.equal(answer.events.at(-1), 'end')
})

t.test('repeated headers are joined, interim answers ignored', async t => {
  const server = await rawServer(t, socket =>
    socket.write(
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok.replace('content-type', 'X-A: 1\r\nx-a: 2\r\n__proto__: p\r\nc')}`
    )
  )
  const answer = await exchange(client(t, server))
  t.equal(answer.headers.get('x-a'), '1, 2')
  t.equal(answer.headers.get('__proto__'), 'p')
  t.equal(answer.headers.has('link'), false)
  t.equal(answer.body, 'hello')
})

t.test('endless interim answers end the call', async t => {
  const server = await rawServer(t, socket => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(40)))
  const answer = await exchange(client(t, server))
  t.same(answer.events, ['error'])
  t.equal(answer.error?.code, 'SCHLEUSE_UPSTREAM_BROKEN')
})

t.test('faults at each phase are typed and leave no bytes of the answer in the error', async t => {
  const cases: [name: string, code: string, events: string[], act: (socket: net.Socket) => void][] = [
    ['reset before the head', 'BROKEN', ['error'], s => s.resetAndDestroy()],
    ['closed before the head', 'BROKEN', ['error'], s => s.end()],
    ['closed in the head', 'BROKEN', ['error'], s => s.end('HTTP/1.1 200 OK\r\nx-a')],
    ['not HTTP', 'BROKEN', ['error'], s => s.end('secret-text\r\n\r\n')],
    [
      'header flood',
      'BROKEN',
      ['error'],
      s => s.write(`HTTP/1.1 200 OK\r\n${'x-secret-text: y\r\n'.repeat(2000)}`)
    ],
    [
      'one endless header',
      'BROKEN',
      ['error'],
      s => s.write(`HTTP/1.1 200 OK\r\nx: ${'secret-text'.repeat(2000)}`)
    ],
    ['short of content-length', 'BROKEN', ['head', 'data', 'error'], s => s.end(ok.slice(0, -1))],
    [
      'short of content-length, closing',
      'BROKEN',
      ['head', 'data', 'error'],
      s => s.end(ok.slice(0, -1).replace('\r\n', '\r\nconnection: close\r\n'))
    ],
    [
      'chunked without its end',
      'BROKEN',
      ['head', 'data', 'error'],
      s => s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n')
    ],
    [
      'bad chunk size',
      'BROKEN',
      ['head', 'error'],
      s => s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsecret-text\r\n')
    ],
    [
      'redirect',
      'REDIRECT',
      ['error'],
      s =>
        s.write('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/secret-text\r\ncontent-length: 0\r\n\r\n')
    ],
    ['not modified', 'REDIRECT', ['error'], s => s.write('HTTP/1.1 304 Not Modified\r\n\r\n')],
    [
      'switching protocols',
      'BROKEN',
      ['error'],
      s => s.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n')
    ]
  ]
  for (const [name, code, events, act] of cases) {
    await t.test(name, async t => {
      const server = await rawServer(t, socket => act(socket))
      const answer = await exchange(client(t, server))
      t.same(answer.events, events)
      t.equal(answer.error?.code, `SCHLEUSE_UPSTREAM_${code}`)
      t.match(answer.error?.message, 'provider p1')
      t.equal(server.sockets.length, 1, 'nothing is retried')
      const logged = `${answer.error?.stack} ${JSON.stringify(answer.error)} ${(answer.error?.cause as Error | undefined)?.stack}`
      t.notMatch(logged, 'secret-text')
    })
  }
})

t.test('a reset in a body delimited by closing is no end', async t => {
  const head = 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n'
  await t.test('closing is one', async t => {
    const server = await rawServer(t, socket => socket.end(`${head}hello`))
    const answer = await exchange(client(t, server))
    t.same([answer.events.at(-1), answer.body], ['end', 'hello'])
  })
  await t.test('a reset is none', async t => {
    const server = await rawServer(t, socket => socket.write(`${head}hello`))
    const recorder = new Recorder()
    client(t, server).send(request, recorder)
    await recorder.data.promise
    server.sockets[0]?.resetAndDestroy()
    await recorder.done.promise
    t.same([recorder.events.at(-1), recorder.error?.code], ['error', 'SCHLEUSE_UPSTREAM_BROKEN'])
  })
})

t.test('nobody listens', async t => {
  const server = http.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  const answer = await exchange(client(t, { url: `http://127.0.0.1:${port}` }))
  t.same([answer.events, answer.error?.code], [['error'], 'SCHLEUSE_UPSTREAM_CONNECT'])
})

t.test('stalls end by the timeout of their phase', async t => {
  const cases: [phase: string, timeouts: Partial<Timeouts>, write: string][] = [
    ['headers', { headersMs: 60 }, ''],
    ['headers', { headersMs: 60 }, 'HTTP/1.1 200 OK\r\nx-a: '],
    ['idle', { idleMs: 60 }, ok.slice(0, -1)]
  ]
  for (const [phase, timeouts, write] of cases) {
    const server = await rawServer(t, socket => write && socket.write(write))
    const answer = await exchange(client(t, server, timeouts))
    t.equal(answer.error?.code, 'SCHLEUSE_UPSTREAM_TIMEOUT')
    t.match(answer.error?.message, `(${phase} phase)`)
  }
})

t.test('a head sent drop by drop does not extend its timeout', async t => {
  const server = await rawServer(t, socket => {
    socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => socket.write('x-a: b\r\n'), 10)
    socket.on('close', () => clearInterval(timer))
  })
  const answer = await exchange(client(t, server, { headersMs: 100 }))
  t.match(answer.error?.message, '(headers phase)')
})

t.test('TLS that never answers ends in the connect phase; plain text in its place is refused', async t => {
  for (const [reply, code, connectMs] of [
    ['', 'TIMEOUT', 60],
    ['HTTP/1.1 200 OK\r\n\r\n', 'CONNECT', 20_000]
  ] as const) {
    const server = await rawServer(t, () => {})
    const answering = server.connection().then(socket => reply && socket.write(reply))
    const secure = { url: server.url.replace('http:', 'https:') }
    const answer = await exchange(client(t, secure, { connectMs }))
    await answering
    t.equal(answer.error?.code, `SCHLEUSE_UPSTREAM_${code}`)
  }
})

t.test('false stops reading until resume', async t => {
  let written = 0
  const total = 32 * 1024 * 1024
  const block = Buffer.alloc(64 * 1024, 'x')
  const stuck = Promise.withResolvers<void>()
  const server = await rawServer(t, socket => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${total}\r\n\r\n`)
    const pump = (): void => {
      while (written < total) {
        written += block.length
        if (!socket.write(block)) {
          // The peer's buffer is full for this long only when the client has stopped reading.
          const timer = setTimeout(() => stuck.resolve(), 250)
          socket.once('drain', () => {
            clearTimeout(timer)
            pump()
          })
          return
        }
      }
    }
    pump()
  })
  const recorder = new Recorder()
  recorder.accept = () => false
  const call = client(t, server).send(request, recorder)
  await stuck.promise
  t.equal(recorder.events.filter(event => event === 'data').length, 1)
  t.ok(recorder.bytes <= 64 * 1024, 'one read at most')
  t.ok(written < total, 'the peer is held back')
  recorder.accept = () => {
    queueMicrotask(() => call.resume())
    return false
  }
  call.resume()
  t.equal(recorder.events.filter(event => event === 'data').length, 1, 'resume never calls back at once')
  await recorder.done.promise
  t.same([recorder.bytes, recorder.events.at(-1)], [total, 'end'])
})

t.test('resume from a callback of another call', async t => {
  const server = await rawServer(t, socket => socket.write(ok))
  const shared = client(t, server)
  const first = new Recorder()
  first.accept = () => false
  const paused = shared.send(request, first)
  await first.data.promise
  const second = new Recorder()
  second.accept = () => {
    paused.resume()
    return true
  }
  shared.send(request, second)
  await Promise.all([first.done.promise, second.done.promise])
  t.same([first.events.at(-1), second.events.at(-1)], ['end', 'end'])
})

async function closed(server: RawServer): Promise<void> {
  const socket = server.sockets[0]
  if (socket && !socket.closed) await once(socket, 'close')
}

t.test('abort closes the connection and silences the call', async t => {
  await t.test('before the head', async t => {
    const arrived = Promise.withResolvers<void>()
    const server = await rawServer(t, () => arrived.resolve())
    const recorder = new Recorder()
    const call = client(t, server).send(request, recorder)
    await arrived.promise
    call.abort()
    call.abort()
    call.resume()
    await closed(server)
    t.same(recorder.events, [])
  })
  await t.test('in the body, from onData', async t => {
    const server = await rawServer(t, socket => socket.write(ok.replace('5', '10')))
    const recorder = new Recorder()
    recorder.accept = () => {
      call.abort()
      return true
    }
    const call = client(t, server).send(request, recorder)
    await recorder.data.promise
    await closed(server)
    t.same(recorder.events, ['head', 'data'])
  })
  await t.test('while the rest of a closing answer is in the same packet', async t => {
    for (const at of ['onHead', 'onData'] as const) {
      for (const last of [ok, ok.replace('\r\n', '\r\nconnection: close\r\n')]) {
        const server = await rawServer(t, socket => socket.write(last))
        const recorder = new Recorder()
        recorder[at] = () => {
          call.abort()
          recorder.done.resolve()
          return true
        }
        const call = client(t, server).send(request, recorder)
        await recorder.done.promise
        await closed(server)
        t.same(recorder.events, at === 'onHead' ? [] : ['head'])
      }
    }
  })
  await t.test('in the same turn as send', async t => {
    let requests = 0
    const server = await rawServer(t, socket => {
      requests += 1
      socket.write(ok)
    })
    const shared = client(t, server)
    const recorder = new Recorder()
    shared.send({ ...request, body: 'first' }, recorder).abort()
    t.equal((await exchange(shared)).body, 'hello', 'the next request is not affected')
    t.same(recorder.events, [])
    t.equal(requests, 1)
  })
})

t.test('a full pool', async t => {
  const seen: string[] = []
  const open: net.Socket[] = []
  const arrived = Promise.withResolvers<void>()
  const server = await rawServer(t, (socket, text) => {
    seen.push(text.slice(text.indexOf('\r\n\r\n') + 4))
    open.push(socket)
    arrived.resolve()
  })
  await t.test('requests wait connectMs at most; one aborted while waiting is never sent', async t => {
    const one = client(t, server, { connectMs: 600 }, 1)
    const first = new Recorder()
    one.send({ ...request, body: 'a' }, first)
    await arrived.promise
    const gone = new Recorder()
    one.send({ ...request, body: 'b' }, gone).abort()
    const late = await exchange(one, { body: 'c' })
    t.match(late.error?.message, '(connect phase)')
    open[0]?.write(ok)
    await first.done.promise
    const after = new Recorder()
    one.send({ ...request, body: 'd' }, after)
    while (open.length < 2) await new Promise(resolve => setImmediate(resolve))
    open[1]?.write(ok)
    await after.done.promise
    t.same(seen, ['a', 'd'])
    t.same(gone.events, [])
    t.equal(server.sockets.length, 1)
  })
})

t.test('connections are reused, and given up when the peer says so', async t => {
  let answer = ok
  const server = await rawServer(t, socket => socket.write(answer))
  const one = client(t, server)
  for (let i = 0; i < 8; i += 1) t.equal((await exchange(one)).body, 'hello')
  // A request sent in the turn its forerunner ended finds that connection not free yet.
  t.ok(server.sockets.length <= 2)
  answer = ok.replace('\r\n', '\r\nconnection: close\r\n')
  for (let i = 0; i < 4; i += 1) await exchange(one)
  t.ok(server.sockets.length >= 4)
})

t.test('a callback that throws ends the call', async t => {
  for (const at of ['onHead', 'onData', 'onEnd'] as const) {
    const server = await rawServer(t, socket => socket.write(ok))
    const recorder = new Recorder()
    recorder[at] = () => {
      throw new Error('secret-text')
    }
    client(t, server).send(request, recorder)
    await recorder.done.promise
    t.equal(recorder.error?.code, 'SCHLEUSE_INTERNAL')
    t.notMatch((recorder.error?.cause as Error | undefined)?.stack, 'secret-text')
  }
})

t.test('what must not be sent is refused', async t => {
  const server = await rawServer(t, socket => socket.write(ok))
  const one = client(t, server)
  for (const path of [
    'chat',
    '//../x',
    '/a/../../admin',
    '/%2e%2E/x',
    '/a b',
    '/a#b',
    '/a\\b',
    '/.',
    'http://evil/'
  ]) {
    const answer = await exchange(one, { path })
    t.equal(answer.error?.code, 'SCHLEUSE_INTERNAL', path)
  }
  const answer = await exchange(one, { headers: { 'x-a': 'b\r\nx: y' } })
  t.equal(answer.error?.code, 'SCHLEUSE_INTERNAL')
  t.equal(server.sockets.length, 0)
})

t.test('plain HTTP leaves this machine for nobody', async t => {
  for (const baseUrl of ['http://10.0.0.1/v1', 'http://example.com', 'http://[::2]/', 'https://k@h/', 'x']) {
    t.throws(() => new HttpClient({ id: 'p1', baseUrl, timeouts: patient }), /^baseUrl must/)
  }
})

t.test('close lets requests finish and refuses new ones', async t => {
  const arrived = Promise.withResolvers<net.Socket>()
  const server = await rawServer(t, socket => arrived.resolve(socket))
  const one = client(t, server)
  const recorder = new Recorder()
  one.send(request, recorder)
  const socket = await arrived.promise
  const closing = one.close()
  const refused = await exchange(one)
  t.equal(refused.error?.code, 'SCHLEUSE_SHUTTING_DOWN')
  socket.write(ok)
  await closing
  t.equal(recorder.body, 'hello')
})
