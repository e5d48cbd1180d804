import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A witness of C2SP tlog-witness, written after the specification and RFC 9162 §2.1.4.2 with nothing of src/: it knows the
 * keys of logs, checks signature and consistency, remembers sizes and roots, and cosigns (cosignature/v1).
 */
export interface LocalWitness {
  readonly url: string
  readonly vkey: string
  /** What it was last asked, and what it answered. */
  readonly seen: { readonly old: number; readonly size: number; readonly status: number }[]
  /** Origin → size and root (base64) of what it cosigned. */
  readonly logs: Map<string, { size: number; root: string }>
  /** Set to answer this instead: a status, or a body. */
  instead: { status: number; body: string } | 'hang' | null
  /** Unix seconds of its clock. */
  now: () => number
  close(): Promise<void>
}

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const node = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right)

function keyOf(seed: Buffer): { key: KeyObject; raw: Buffer } {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { key, raw: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32) }
}

/** RFC 9162 §2.1.4.2. */
function consistent(
  first: number,
  second: number,
  firstHash: Buffer,
  secondHash: Buffer,
  path: Buffer[]
): boolean {
  if (first === 0) return path.length === 0
  if (first === second) return path.length === 0 && firstHash.equals(secondHash)
  const proof = Number.isInteger(Math.log2(first)) ? [firstHash, ...path] : [...path]
  let fn = BigInt(first - 1)
  let sn = BigInt(second - 1)
  while (fn & 1n) {
    fn >>= 1n
    sn >>= 1n
  }
  const start = proof.shift()
  if (start === undefined) return false
  let fr: Buffer = start
  let sr: Buffer = start
  for (const c of proof) {
    if (sn === 0n) return false
    if (fn & 1n || fn === sn) {
      fr = node(c, fr)
      sr = node(c, sr)
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n
        sn >>= 1n
      }
    } else sr = node(sr, c)
    fn >>= 1n
    sn >>= 1n
  }
  return fr.equals(firstHash) && sr.equals(secondHash) && sn === 0n
}

/** @param logKeys public keys (32 bytes) by origin */
export async function startWitness(
  name: string,
  seed: Buffer,
  logKeys: (origin: string) => Buffer | undefined
): Promise<LocalWitness> {
  const { key, raw } = keyOf(seed)
  const typed = Buffer.concat([Buffer.of(4), raw])
  const keyId = sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4)
  const witness: LocalWitness = {
    url: '',
    vkey: `${name}+${keyId.toString('hex')}+${typed.toString('base64')}`,
    seen: [],
    logs: new Map(),
    instead: null,
    now: () => Math.floor(Date.now() / 1000),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
  function answer(request: string): { old: number; size: number; status: number; body: string } {
    const [oldLine = '', ...proof] = request.slice(0, request.indexOf('\n\n')).split('\n')
    const note = request.slice(request.indexOf('\n\n') + 2)
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const [origin = '', decimal = '', root = ''] = text.split('\n')
    const old = Number(/^old (\d+)$/.exec(oldLine)?.[1] ?? Number.NaN)
    const size = Number(decimal)
    const say = (status: number, body = '') => ({ old, size, status, body })
    const known = witness.logs.get(origin) ?? { size: 0, root: '' }
    const logKey = logKeys(origin)
    if (logKey === undefined) return say(404)
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), logKey])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const signature = Buffer.from(/^— \S+ (\S+)$/m.exec(note.slice(text.length))?.[1] ?? '', 'base64')
    if (!verify(null, Buffer.from(text), publicKey, signature.subarray(4))) return say(403)
    if (!(old <= size)) return say(400)
    if (old !== known.size) return say(409, `${known.size}\n`)
    const hashes = proof.map(line => Buffer.from(line, 'base64'))
    const newRoot = Buffer.from(root, 'base64')
    if (!consistent(old, size, Buffer.from(known.root, 'base64'), newRoot, hashes)) return say(422)
    witness.logs.set(origin, { size, root })
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(witness.now()))
    const signed = sign(null, Buffer.from(`cosignature/v1\ntime ${witness.now()}\n${text}`), key)
    return say(200, `— ${name} ${Buffer.concat([keyId, time, signed]).toString('base64')}\n`)
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (witness.instead === 'hang') return
      const isAsked = request.method === 'POST' && request.url === '/add-checkpoint'
      const said = answer(Buffer.concat(chunks).toString())
      const { status, body } = isAsked ? (witness.instead ?? said) : { status: 404, body: '' }
      witness.seen.push({ old: said.old, size: said.size, status })
      response.writeHead(status, { 'content-type': status === 409 ? 'text/x.tlog.size' : 'text/plain' })
      response.end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(witness, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}
