import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A time-stamping authority of RFC 3161 on this machine, made of openssl: a root, a certificate, and `openssl ts -reply`. */
export interface LocalTsa {
  readonly url: string
  /** PEM of its root. */
  readonly rootFile: string
  /** Set to send these bytes instead. */
  instead: { readonly status: number; readonly body: Buffer } | null
  /** Queries so far. */
  readonly queries: Buffer[]
  close(): Promise<void>
}

const CONFIG = `
[req]
distinguished_name = dn
[dn]
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = SERIAL
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
ess_cert_id_alg = sha256
`

/** @param folder empty; keys and certificates are made in it */
export async function startTsa(folder: string): Promise<LocalTsa> {
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  writeFileSync(at('tsa.cnf'), CONFIG.replace('SERIAL', at('serial')))
  writeFileSync(at('serial'), '01\n')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'tsa.cnf']
  const root = ['-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=test root', '-days', '2']
  openssl('req', '-x509', ...newKey, ...root)
  openssl('req', ...newKey, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=test tsa')
  const issuer = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '2']
  openssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    ...issuer,
    '-extfile',
    'tsa.cnf',
    '-extensions',
    'tsa_cert',
    '-out',
    'tsa.pem'
  )
  const tsa: LocalTsa = {
    url: '',
    rootFile: at('root.pem'),
    instead: null,
    queries: [],
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const query = Buffer.concat(chunks)
      tsa.queries.push(query)
      writeFileSync(at('query.tsq'), query)
      const signer = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-config', 'tsa.cnf']
      openssl('ts', '-reply', '-queryfile', 'query.tsq', '-out', 'reply.tsr', ...signer)
      const { status, body } = tsa.instead ?? { status: 200, body: readFileSync(at('reply.tsr')) }
      response.writeHead(status, { 'content-type': 'application/timestamp-reply' })
      response.end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(tsa, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr` })
}
