import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { NotTaken, type Sender, sinkKind, type SinkDeps } from '../sink.ts'

export const receiver = {
  url: Type.String({ maxLength: 2048, description: 'an https URL; plain http only to this machine' }),
  privateNetwork: Type.Optional(
    Type.Boolean({ description: 'true when the receiver stands in a private network' })
  ),
  caFile: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: 'a file with the certificate of an authority' })
  ),
  tokenFile: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 4096,
      description: 'a file with the bearer token for the receiver and nothing else'
    })
  )
}

const schema = Type.Object(receiver)

/** POST of JSON lines (`application/x-ndjson`). Anything but 2xx means that the batch comes again. */
export const http = sinkKind<typeof schema>({
  kind: 'http',
  schema,
  open: ({ tokenFile, ...receiver }, deps) => {
    const sender = deps.createSender(receiver)
    return {
      async send(batch) {
        const lines = batch.map(({ view }) => `${JSON.stringify(view)}\n`).join('')
        await post(sender, headersOf('application/x-ndjson', tokenFile, deps), lines)
      },
      close: () => sender.close()
    }
  }
})

/** The token is read each time, so that it can be rotated without a restart. */
export function headersOf(
  contentType: string,
  tokenFile: string | undefined,
  { pathOf }: SinkDeps
): Record<string, string> {
  if (tokenFile === undefined) return { 'content-type': contentType }
  const token = readFileSync(pathOf(tokenFile), 'utf8').trim()
  return { 'content-type': contentType, authorization: `Bearer ${token}` }
}

/** @throws NotTaken unless the answer is 2xx */
export async function post(
  sender: Sender,
  headers: Readonly<Record<string, string>>,
  body: string
): Promise<string> {
  const answer = await sender.post(headers, body)
  if (answer.status < 200 || answer.status > 299) throw new NotTaken(`the receiver answered ${answer.status}`)
  return answer.body
}
