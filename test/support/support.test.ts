import { connect } from 'node:net'
import { once } from 'node:events'
import { request } from 'undici'
import t from 'tap'
import { canaries, mailWith } from './canaries.ts'
import { iban, luhnDigit, socialSecurityDigit, taxIdDigit } from './check-digits.ts'
import { cutAt, cutEvery, gate } from './cuts.ts'
import { findLeaks } from './leaks.ts'
import { startRawServer } from './raw-server.ts'
import { recordedStreams } from './recorded-streams.ts'
import { joinChatStream } from './stream-oracle.ts'

const CODES = ['PERSON_K7Q2MX4A', 'EMAIL_0ABCDEF1', 'PHONE_9ZZZZZZ8']

t.test('check digits agree with published examples', async t => {
  t.equal(luhnDigit('411111111111111'), 1)
  t.equal(iban('DE', '370400440532013000'), 'DE89370400440532013000')
  t.equal(taxIdDigit('8609574271'), 9)
  t.equal(socialSecurityDigit('15070649C10'), 3)
})

t.test('planted values differ by seed and repeat with it', async t => {
  const one = canaries(1).map(canary => canary.value)
  t.strictSame(
    canaries(1).map(canary => canary.value),
    one
  )
  for (const [i, { value }] of canaries(2).entries()) t.not(value, one[i])
  t.ok(
    canaries(1, { personalOnly: true, language: 'en' }).every(
      ({ kind }) => !/key|token|password|de$/.test(kind)
    )
  )
})

t.test('a planted value is found in whatever encoding it leaks', async t => {
  const planted = canaries(7)
  const mail = mailWith(planted)
  const clean = { provider: 'Guten Tag PERSON_K7Q2MX4A', log: '{"level":30,"msg":"listening"}' }
  t.strictSame(findLeaks(planted, clean), [])
  const leaky: Record<string, string | Buffer> = {
    raw: mail,
    json: JSON.stringify({ mail }),
    'json in json': JSON.stringify(JSON.stringify({ mail })),
    percent: encodeURIComponent(mail),
    form: new URLSearchParams({ mail }).toString(),
    'upper case': mail.toUpperCase(),
    hex: Buffer.from(mail).toString('hex'),
    base64: Buffer.from(mail).toString('base64'),
    'base64 shifted by one': Buffer.from(`x${mail}`).toString('base64url'),
    'base64 shifted by two': Buffer.from(`xy${mail}`).toString('base64'),
    'without spaces': mail.replace(/[ -]/g, '')
  }
  for (const [name, text] of Object.entries(leaky)) {
    const seen = new Set(findLeaks(planted, { [name]: text }).map(leak => leak.kind))
    const missed = planted.filter(({ kind }) => !seen.has(kind)).map(({ kind }) => kind)
    t.strictSame(missed, [], name)
  }
})

t.test('recorded streams hold the codes and can be joined', async t => {
  for (const stream of recordedStreams) {
    const bytes = stream.build(CODES)
    const joined = joinChatStream(bytes)
    t.equal(joined.done, stream.complete || stream.name.endsWith('last blank line'), stream.name)
    const all = [...joined.text.values()].join('\n')
    t.notMatch(all, /‹/, stream.name)
    if (!/filter|middle of|prefix|cut off/.test(stream.name)) t.match(all, CODES[0] ?? '', stream.name)
  }
})

t.test('cuts lose nothing', async t => {
  const bytes = Buffer.from('Grüße 😀')
  for (const size of [1, 3, 100]) t.strictSame(Buffer.concat(cutEvery(bytes, size)), bytes)
  t.strictSame(Buffer.concat(cutAt(bytes, [9, 2, 2, 0, 99])), bytes)
  t.equal(cutAt(bytes, [9, 2, 2, 0, 99]).length, 3)
})

t.test('raw server', async t => {
  const server = await startRawServer()
  t.teardown(() => server.close())

  await t.test('records every byte and answers in full', async t => {
    const next = server.next()
    const answer = await request(`${server.baseUrl}/chat/completions`, { method: 'POST', body: '{"a":"ü"}' })
    t.strictSame(await answer.body.json(), { ok: true })
    const seen = await next
    t.equal(`${seen.method} ${seen.target}`, 'POST /v1/chat/completions')
    t.equal(seen.text, '{"a":"ü"}')
    t.equal(seen.headers.get('content-length'), '10')
    t.strictSame(server.bytes(), Buffer.concat([seen.head, seen.body]))
    server.forget()
    t.equal(server.bytes().length + server.requests.length, 0)
  })

  await t.test('reads chunked and pipelined requests', async t => {
    const socket = connect(server.port, '127.0.0.1')
    socket.end(
      'POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /b HTTP/1.1\r\nX: 1\r\nx: 2\r\n\r\n'
    )
    socket.resume()
    await once(socket, 'close')
    t.strictSame(
      server.requests.map(({ target, text }) => [target, text]),
      [
        ['/a', 'abcde'],
        ['/b', '']
      ]
    )
    t.equal(server.requests[1]?.headers.get('x'), '1, 2')
  })

  await t.test('stalls until told, keeps cuts', async t => {
    const door = gate()
    server.script = (_request, reply) =>
      reply.stream(
        (async function* () {
          yield Buffer.from('data: 1')
          await door.opened
          yield Buffer.from('\n\n')
        })()
      )
    const answer = await request(server.baseUrl)
    const seen: string[] = []
    for await (const piece of answer.body) {
      seen.push(String(piece))
      door.open()
    }
    t.strictSame(seen, ['data: 1', '\n\n'])
  })

  await t.test('breaks off as told', async t => {
    for (const ending of ['reset', 'cut'] as const) {
      server.script = (_request, reply) => reply.stream([Buffer.from('data: 1\n\n')], { ending })
      const answer = await request(server.baseUrl)
      await t.rejects(answer.body.text(), ending)
    }
    server.script = (_request, reply) => reply.reset()
    await t.rejects(request(server.baseUrl))
    server.script = (_request, reply) => reply.stream([Buffer.from('data: 1')], { framing: 'close' })
    t.equal(await (await request(server.baseUrl)).body.text(), 'data: 1')
  })

  await t.test('sees the client leave, and can compress', async t => {
    const left = gate()
    server.script = async (_request, reply) => {
      await reply.stream([Buffer.from('data: 1\n\n')], { ending: 'hang' })
      left.open()
    }
    const leaving = new AbortController()
    const answer = await request(server.baseUrl, { signal: leaving.signal })
    await answer.body.take(1).toArray()
    leaving.abort()
    await left.opened
    server.script = (_request, reply) => reply.gzip('{"a":1}', 429, { 'retry-after': '1' })
    const packed = await request(server.baseUrl)
    t.equal(packed.statusCode, 429)
    t.equal(packed.headers['content-encoding'], 'gzip')
    t.equal((await packed.body.arrayBuffer()).byteLength, Number(packed.headers['content-length']))
  })
})
