import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { canaries } from '../../test/support/canaries.ts'
import { localProvider, startGateway } from '../../test/support/gateway.ts'
import { findLeaks } from '../../test/support/leaks.ts'
import { saveRecord, toFigure } from '../support/figures.ts'

/**
 * Sends one long file of JSON lines through the gateway and reads it back: time, most memory of the gateway, and that it came
 * back byte for byte. `node bench/pipeline/upload.bench.ts [MB] [--record]`, 500 MB when left out.
 */
const megabytes = Number(process.argv.slice(2).find(word => /^\d+$/.test(word)) ?? 500)
const planted = canaries(77)
const filler = 'Die Lieferung wurde am Morgen verladen und ist unterwegs; alles Weitere steht im Anhang. '
const line = (at: number): string =>
  `${JSON.stringify({ nr: at, text: at % 20 === 0 ? (planted[(at / 20) % planted.length]?.sentence ?? '') : filler.repeat(10) })}\n`

function* lines(): Generator<Buffer> {
  let size = 0
  for (let at = 0; size < megabytes * 1e6; ) {
    let some = ''
    for (let count = 0; count < 200; count++) some += line(at++)
    const bytes = Buffer.from(some)
    size += bytes.length
    yield bytes
  }
}

let kept: Buffer[] = []
const provider = createServer((incoming, reply) => {
  if (incoming.method === 'GET') {
    reply.writeHead(200, { 'content-type': 'application/octet-stream' })
    void send(kept[Symbol.iterator](), reply).then(() => reply.end())
    return
  }
  kept = []
  incoming.on('data', (chunk: Buffer) => kept.push(chunk))
  incoming.on('end', () => {
    const all = Buffer.concat(kept)
    const start = all.indexOf('\r\n\r\n', all.indexOf('filename=')) + 4
    const file = all.subarray(start, all.indexOf('\r\n--schleuse-', start))
    kept = Array.from({ length: Math.ceil(file.length / 65_536) }, (_, at) =>
      file.subarray(at * 65_536, (at + 1) * 65_536)
    )
    reply.writeHead(200, { 'content-type': 'application/json' })
    reply.end(JSON.stringify({ id: 'file-1', object: 'file', filename: 'x.jsonl', purpose: 'user_data' }))
  })
})

async function send(
  pieces: Iterator<Buffer>,
  to: { write(bytes: Buffer): boolean; once(event: string, listener: () => void): unknown }
): Promise<void> {
  for (let next = pieces.next(); next.done !== true; next = pieces.next())
    if (!to.write(next.value)) await new Promise<void>(resolve => to.once('drain', resolve))
}

provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
const { port } = provider.address() as AddressInfo
const gateway = await startGateway({
  providers: [localProvider(port, ['m'])],
  settings: {
    limits: { maxUploadBytes: 2 * megabytes * 1e6 },
    timeouts: { headersMs: 3_600_000, idleMs: 3_600_000 }
  }
})

const sent = createHash('sha256')
function* hashed(): Generator<Buffer> {
  for (const bytes of lines()) {
    sent.update(bytes)
    yield bytes
  }
}
const started = performance.now()
const upload = request(`${gateway.baseUrl}/files`, {
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=b' }
})
upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="x.jsonl"\r\n\r\n')
await send(hashed(), upload)
upload.end('\r\n--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nuser_data\r\n--b--\r\n')
const received = performance.now()
const [answer] = (await once(upload, 'response')) as [NodeJS.ReadableStream & { statusCode: number }]
if (answer.statusCode !== 200) throw new Error(`the upload was answered with ${answer.statusCode}`)
answer.resume()
const uploaded = performance.now()
const leaks = findLeaks(planted, { provider: Buffer.concat(kept.slice(0, 1000)) })
if (leaks.length > 0) throw new Error('a planted value left')
const back = createHash('sha256')
const download = await fetch(`${gateway.baseUrl}/files/file-1/content`)
for await (const bytes of download.body ?? []) back.update(bytes)
const ended = performance.now()
if (back.digest('hex') !== sent.digest('hex')) throw new Error('it did not come back as it was')
const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8')
const figures = [
  toFigure('upload.megabytes', 'MB', [megabytes]),
  toFigure('upload.received_s', 's', [(received - started) / 1000]),
  toFigure('upload.scanned_and_sent_s', 's', [(uploaded - received) / 1000]),
  toFigure('upload.restored_s', 's', [(ended - uploaded) / 1000]),
  toFigure('upload.rss_peak_mb', 'MB', [Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024])
]
for (const figure of figures) console.log(JSON.stringify(figure))
if (process.argv.includes('--record')) console.error(saveRecord('upload', figures, {}))
await gateway.stop()
provider.close()
