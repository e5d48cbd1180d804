import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'

/** Bodies of requests that nobody reads hold nothing: whoever may send any could else use up what all requests share. */

const gateway = await startGateway({ providers: [localProvider(9, ['m'])] })
t.teardown(() => gateway.stop())

async function buffered(): Promise<string | undefined> {
  const metrics = await (await fetch(`${gateway.origin}/metrics`)).text()
  return /^schleuse_buffered_bytes (\d+)$/m.exec(metrics)?.[1]
}

const large = 'x'.repeat(100_000)
const bodies: readonly [type: string, body: string][] = [
  ['application/json', JSON.stringify({ a: large })],
  ['application/json', large],
  [
    'multipart/form-data; boundary=b',
    `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${large}\r\n--b--\r\n`
  ]
]
for (const path of [
  '/v1/videos',
  '/v1/models',
  '/nothing',
  '/admin/reload',
  '/admin/vault/find',
  '/v1/chat/completions',
  '/v1/files'
])
  t.test(path, async t => {
    for (const [type, body] of bodies) {
      const response = await fetch(`${gateway.origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body
      })
      await response.arrayBuffer()
      t.equal(await buffered(), '0', type)
    }
  })
