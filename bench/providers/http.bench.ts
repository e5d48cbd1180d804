import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Pool } from 'undici'
import { HttpClient } from '../../src/providers/http.ts'

/**
 * CPU of one exchange through HttpClient against `undici.request` on the same pool settings: 2 KB each way whole, and 50
 * chunks. The simulator is another process; rounds alternate, so that a noisy neighbour hits both.
 * Usage: node bench/providers/http.bench.ts [rounds]
 */
const SIMULATOR = `
const { createServer } = require('node:http')
const whole = JSON.stringify({ answer: 'x'.repeat(2000) })
createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url !== '/stream') return response.end(whole)
    let left = 50
    const next = () => (left-- > 0 ? (response.write('data: ' + 'x'.repeat(200) + '\\n\\n'), setImmediate(next)) : response.end())
    next()
  })
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`

const body = JSON.stringify({ messages: 'x'.repeat(2000) })
const headers = { 'content-type': 'application/json', authorization: 'Bearer none' }
const CONCURRENCY = 16

type Exchange = (path: string) => Promise<number>

async function round(exchange: Exchange, path: string, count: number): Promise<number> {
  let left = count
  const before = process.cpuUsage()
  const loop = async (): Promise<void> => {
    while (left-- > 0) if ((await exchange(path)) < 2000) throw new Error('short answer')
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, loop))
  const used = process.cpuUsage(before)
  return (used.user + used.system) / count
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

const rounds = Number(process.argv[2] ?? 7)
const simulator = spawn(process.execPath, ['-e', SIMULATOR], { stdio: ['ignore', 'pipe', 'inherit'] })
const [port] = (await once(simulator.stdout, 'data')) as [Buffer]
const origin = `http://127.0.0.1:${String(port).trim()}`
const pool = new Pool(origin, { connections: 512, allowH2: false })
const timeouts = { connectMs: 10_000, headersMs: 10_000, idleMs: 10_000 }
const client = new HttpClient({ id: 'bench', baseUrl: origin, timeouts })

const viaRequest: Exchange = async path => {
  const answer = await pool.request({ path, method: 'POST', headers, body })
  let bytes = 0
  for await (const chunk of answer.body) bytes += (chunk as Buffer).length
  return bytes
}
const viaClient: Exchange = path =>
  new Promise((resolve, reject) => {
    let bytes = 0
    client.send(
      { path, method: 'POST', headers, body, stream: false },
      {
        onHead() {},
        onData(chunk) {
          bytes += chunk.length
          return true
        },
        onEnd: () => resolve(bytes),
        onError: reject
      }
    )
  })

for (const [name, path, count] of [
  ['2 KB', '/whole', 3000],
  ['50 chunks', '/stream', 500]
] as const) {
  const own: number[] = []
  const plain: number[] = []
  for (let i = 0; i <= rounds; i += 1) {
    const results = [await round(viaClient, path, count), await round(viaRequest, path, count)] as const
    if (i === 0) continue // warm-up
    own.push(results[0])
    plain.push(results[1])
  }
  const ratio = median(own.map((value, i) => value / (plain[i] ?? Number.NaN)))
  console.log(
    `${name}: HttpClient ${median(own).toFixed(0)} µs, undici.request ${median(plain).toFixed(0)} µs, ratio ${ratio.toFixed(2)}`
  )
}
await Promise.all([client.close(), pool.close()])
simulator.kill()
