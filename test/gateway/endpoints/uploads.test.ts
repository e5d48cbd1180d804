import net from 'node:net'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { canaries } from '../../support/canaries.ts'
import { cutEvery } from '../../support/cuts.ts'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { findLeaks } from '../../support/leaks.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Files larger than a request in memory may be: taken apart, looked at as a whole, sent and restored in pieces. */

const stored = new Map<string, Buffer>()
let number = 0
const script: Script = (request, reply) => {
  const content = /\/files\/([\w-]+)\/content$/.exec(request.target)?.[1]
  if (content !== undefined) {
    const pieces = cutEvery(stored.get(content) ?? Buffer.alloc(0), 100_003)
    return reply.stream(pieces, { headers: { 'content-type': 'application/octet-stream' } })
  }
  const id = `file-${number++}`
  stored.set(id, fileIn(request.body))
  return reply.json({ id, object: 'file', filename: 'x', purpose: 'user_data' })
}

/** The content of the one file of a form, after its head and before the next boundary. */
function fileIn(body: Buffer): Buffer {
  const head = body.indexOf('\r\n\r\n', body.indexOf('filename='))
  return body.subarray(head + 4, body.indexOf('\r\n--schleuse-', head))
}

const provider = await startRawServer(script)
t.teardown(() => provider.close())
const limits = { maxBodyBytes: 524_288, maxAnswerBytes: 1_500_000, maxUploadBytes: 12_000_000 }
const gateway = await startGateway({
  providers: [localProvider(provider.port, ['m'])],
  policy: { id: 'p', version: 1, operators: { MAC: 'block' } },
  settings: { limits }
})
t.teardown(() => gateway.stop())
const { port } = new URL(gateway.origin)

const planted = canaries(311)
const sentences = planted.map(({ sentence }) => sentence)
const filler = 'nichts '.repeat(64)
const record = (at: number) => ({
  nr: at,
  text: `${sentences[at % sentences.length]}`,
  mehr: [filler, at]
})
const records = Array.from({ length: 2300 }, (_, at) => record(at))

/** A form as an SDK sends it: the file first. */
function formOf(name: string, content: string, purpose = 'user_data'): Buffer {
  const part = (head: string, body: string) =>
    `--grenze\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
  const file = part(`name="file"; filename="${name}"`, content)
  return Buffer.from(`${file}${part('name="purpose"', purpose)}--grenze--\r\n`)
}

/** Sends bytes cut as given, each on its own. */
async function send(
  body: Buffer,
  cut: number
): Promise<{ readonly id?: string; readonly error?: { code: string } }> {
  const socket = net.connect(Number(port), '127.0.0.1')
  const answer: Buffer[] = []
  socket.on('data', data => answer.push(data))
  const ended = new Promise(resolve => socket.once('close', resolve))
  socket.on('error', () => undefined)
  const head = `POST /v1/files HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n`
  const type = 'content-type: multipart/form-data; boundary=grenze\r\n'
  socket.write(`${head}${type}content-length: ${body.length}\r\n\r\n`)
  for (const piece of cutEvery(body, cut))
    await new Promise(resolve => {
      socket.write(piece, resolve)
    })
  await ended
  const text = Buffer.concat(answer).toString('utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as { id?: string }
}

async function download(id = ''): Promise<string> {
  return (await fetch(`${gateway.baseUrl}/files/${id}/content`)).text()
}

const cell = (value: string) => `"${value.replaceAll('"', '""')}"`
const documents: readonly [name: string, content: string][] = [
  ['zeilen.jsonl', records.map(one => JSON.stringify(one)).join('\n')],
  ['liste.json', JSON.stringify(records, null, 1)],
  [
    'tabelle.csv',
    `Nr;Text\r\n${records.map(({ nr, text }) => `${nr};${cell(`${text} ${filler}`)}`).join('\r\n')}\r\n`
  ],
  ['akte.md', records.map(({ text }) => `${text} ${filler}`).join('\n\n')]
]

for (const [name, content] of documents)
  t.test(`${name}: the same bytes whatever way it comes, and it comes back`, async t => {
    const body = formOf(name, content)
    t.ok(body.length > limits.maxBodyBytes)
    provider.forget()
    const first = await send(body, body.length)
    const second = await send(body, 40_009)
    t.equal(first.error?.code, undefined)
    t.strictSame(stored.get(first.id ?? ''), stored.get(second.id ?? ''))
    const [one, two] = provider.requests
    t.ok(one?.body.equals(two?.body ?? Buffer.alloc(0)))
    t.equal(one?.headers.get('content-length'), String(one?.body.length))
    t.strictSame(findLeaks(planted, { provider: provider.bytes() }), [])
    t.equal(await download(first.id), content)
  })

t.test('what one part of a file holds decides about all of it, before a byte leaves', async t => {
  provider.forget()
  const content = `${documents[0]?.[1]}\n${JSON.stringify({ geraet: 'MAC 3c:22:fb:1e:90:7d' })}`
  const { error } = await send(formOf('z.jsonl', content), 100_000)
  t.equal(error?.code, 'SCHLEUSE_POLICY_BLOCKED')
  t.equal(provider.bytes().length, 0)
})

t.test('bounds are typed errors', async t => {
  const line = JSON.stringify({ text: 'x '.repeat(700_000) })
  t.equal((await send(formOf('z.jsonl', line), 65_536)).error?.code, 'SCHLEUSE_FILE_UNIT_TOO_LARGE')
  const large = await fetch(`${gateway.baseUrl}/files`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=grenze' },
    body: new Uint8Array(formOf('z.txt', 'x '.repeat(6_100_000)))
  })
  t.match(await large.json(), { error: { code: 'SCHLEUSE_UPLOAD_TOO_LARGE' } })
  const twice = formOf('z.txt', 'x')
    .toString('latin1')
    .replace(
      '--grenze--',
      '--grenze\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--grenze--'
    )
  t.equal((await send(Buffer.from(twice), 99)).error?.code, 'SCHLEUSE_BODY_NOT_FORM')
})

t.test('nothing stays on the disk', async t => {
  t.strictSame(readdirSync(join(gateway.folder, 'data', 'spool')), [])
  const leaks = findLeaks(planted, await gateway.places())
  t.strictSame(leaks, [])
  t.match((await gateway.recordsAtStop()).toString('utf8'), /"error_code":"SCHLEUSE_POLICY_BLOCKED"/)
})
