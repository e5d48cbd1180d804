import zlib from 'node:zlib'
import t, { type Test } from 'tap'
import { HttpClient } from '../../src/providers/http.ts'
import { Recorder, rawServer } from './raw-server.ts'

const text = Buffer.from(`data: {"x":"${'äöü€😀'.repeat(500)}"}\n\n`.repeat(20))
const big = Buffer.alloc(6 * 1024 * 1024, 'x')

/** Sends `parts` as one chunked answer, each part in its own chunk, and records what the client makes of it. */
async function decode(t: Test, encoding: string, parts: Buffer[], prepare?: (recorder: Recorder) => void) {
  const server = await rawServer(t, socket => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ntransfer-encoding: chunked\r\n\r\n`)
    for (const part of parts) {
      socket.write(`${part.length.toString(16)}\r\n`)
      socket.write(part)
      socket.write('\r\n')
    }
    socket.write('0\r\n\r\n')
  })
  const timeouts = { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 }
  const client = new HttpClient({ id: 'p1', baseUrl: server.url, timeouts })
  t.teardown(() => client.close())
  const recorder = new Recorder()
  prepare?.(recorder)
  const call = client.send({ path: '/x', method: 'GET', headers: {}, body: null, stream: false }, recorder)
  return { recorder, call, server }
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size)
  )
}

const encodings: [name: string, encode: (bytes: Buffer) => Buffer][] = [
  ['gzip', zlib.gzipSync],
  ['X-GZip', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['deflate', zlib.deflateRawSync],
  ['br', zlib.brotliCompressSync],
  ['zstd', zlib.zstdCompressSync]
]

for (const [name, encode] of encodings) {
  t.test(`${name} is undone, for every way it is cut`, async t => {
    for (const size of [1, 7, 1_000_000]) {
      const { recorder } = await decode(t, name, cut(encode(text), size))
      await recorder.done.promise
      t.equal(recorder.events.at(-1), 'end')
      t.ok(Buffer.concat(recorder.chunks).equals(text))
      t.equal(recorder.headers.has('content-encoding'), false)
    }
  })

  t.test(`${name}: cut short, broken, expanding without bounds`, async t => {
    const encoded = encode(text)
    const short = await decode(t, name, [encoded.subarray(0, -9)])
    await short.recorder.done.promise
    t.equal(short.recorder.error?.code, 'SCHLEUSE_UPSTREAM_BROKEN')

    const bad = Buffer.from(encoded)
    bad.fill(0xff, 1)
    const broken = await decode(t, name, [bad])
    await broken.recorder.done.promise
    t.match(broken.recorder.error?.code, /UPSTREAM_(ENCODING|BROKEN)/)

    const bomb = await decode(t, name, [encode(big)])
    await bomb.recorder.done.promise
    t.equal(bomb.recorder.error?.code, 'SCHLEUSE_UPSTREAM_ENCODING')
    t.ok(bomb.recorder.bytes < 4 * 1024 * 1024)
  })
}

t.test('what can not be undone is refused, what needs no undoing passes', async t => {
  for (const name of ['compress', 'gzip, br', 'aws-chunked', 'constructor']) {
    const { recorder } = await decode(t, name, [text])
    await recorder.done.promise
    t.same([recorder.events, recorder.error?.code], [['error'], 'SCHLEUSE_UPSTREAM_ENCODING'])
  }
  for (const name of ['identity', 'Identity', '']) {
    const { recorder } = await decode(t, name, [text])
    await recorder.done.promise
    t.ok(Buffer.concat(recorder.chunks).equals(text))
  }
})

t.test('an empty body of a declared encoding is empty', async t => {
  const { recorder } = await decode(t, 'gzip', [])
  await recorder.done.promise
  t.same(recorder.events, ['head', 'end'])
})

t.test('flushed parts of a compressed stream arrive at once; abort ends it', async t => {
  const gzip = zlib.createGzip()
  const parts: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => parts.push(chunk))
  const server = await rawServer(t, socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n')
    gzip.on('data', chunk => socket.write(chunk))
    gzip.write('data: 1\n\n')
    gzip.flush(zlib.constants.Z_SYNC_FLUSH)
  })
  const timeouts = { connectMs: 20_000, headersMs: 20_000, idleMs: 20_000 }
  const client = new HttpClient({ id: 'p1', baseUrl: server.url, timeouts })
  const recorder = new Recorder()
  const call = client.send({ path: '/x', method: 'GET', headers: {}, body: null, stream: true }, recorder)
  await recorder.data.promise
  t.equal(recorder.body, 'data: 1\n\n')
  call.abort()
  await new Promise(resolve => server.sockets[0]?.once('close', resolve))
  t.same(recorder.events, ['head', 'data'])
  gzip.destroy()
})

t.test('pausing holds a decoded body back', async t => {
  const noise = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i * 31) % 251))
  const { recorder, call } = await decode(t, 'gzip', [zlib.gzipSync(noise)], recorder => {
    recorder.accept = () => false
  })
  await recorder.data.promise
  for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
  t.equal(recorder.chunks.length, 1)
  recorder.accept = () => true
  call.resume()
  await recorder.done.promise
  t.ok(Buffer.concat(recorder.chunks).equals(noise))
})

t.test('a throwing callback ends decoding', async t => {
  for (const at of ['onData', 'onEnd'] as const) {
    const { recorder } = await decode(t, 'gzip', [zlib.gzipSync(text)], recorder => {
      recorder[at] = () => {
        throw new Error('x')
      }
    })
    await recorder.done.promise
    t.equal(recorder.error?.code, 'SCHLEUSE_INTERNAL')
  }
})
