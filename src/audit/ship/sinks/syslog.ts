import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Static, Type } from 'typebox'
import { Fields } from '../fields.ts'
import { NotTaken, type Shipped, sinkKind, type SinkDeps } from '../sink.ts'

const schema = Type.Object({
  host: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$', description: 'an IP address or host name' }),
  port: Type.Integer({
    minimum: 1,
    maximum: 65_535,
    default: 6514,
    description: 'an integer from 1 to 65535'
  }),
  transport: Type.Enum(['tls', 'tcp'], { default: 'tls', description: 'tls or tcp' }),
  caFile: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: 'a file with the certificate of an authority' })
  )
})

type Options = Static<typeof schema>

/** Facility 13, log audit; severities of RFC 5424 §6.2.1. */
const FACILITY = 13
const WARNING = 4
const NOTICE = 5
/** A receiver that does not connect or takes nothing for this long has gone. */
const TIMEOUT_MS = 10_000
/** How long a receiver has to close its side. One that keeps it open has the batch all the same. */
const CLOSING_MS = 2_000

/**
 * Syslog: RFC 5424 messages with octet counting over TLS (RFC 5425) or TCP (RFC 6587 §3.4.1). `msgid` is the event type,
 * the message is the view as JSON.
 *
 * The protocol acknowledges nothing, and what is written to a connection that is already dead is lost without an error.
 * So each batch has a connection of its own, which is closed behind it: when the receiver closes its side in turn, it has
 * read everything; when it resets, the batch comes again.
 */
export const syslog = sinkKind<typeof schema>({
  kind: 'syslog',
  schema,
  open: (options, deps) => ({
    async send(batch) {
      const socket = await connected(options, deps)
      try {
        await delivered(socket, batch.map(one => framed(messageOf(one, deps.hostname))).join(''))
      } finally {
        socket.destroy()
      }
    },
    close: async () => undefined
  })
})

/** @throws errors of the socket, NotTaken when it takes too long */
async function connected({ host, port, transport, caFile }: Options, deps: SinkDeps): Promise<Socket> {
  const ca = caFile === undefined ? undefined : readFileSync(deps.pathOf(caFile))
  const socket =
    transport === 'tcp'
      ? connect({ host, port })
      : connectTls({ host, port, servername: host, ...(ca && { ca }) })
  const timer = setTimeout(
    () => socket.destroy(new NotTaken('the receiver did not answer in time')),
    TIMEOUT_MS
  )
  try {
    await once(socket, transport === 'tcp' ? 'connect' : 'secureConnect')
    return socket
  } finally {
    clearTimeout(timer)
  }
}

/** Writes everything, closes, and waits for the other side to close. */
function delivered(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new NotTaken('the receiver takes nothing'))
    let timer = setTimeout(refuse, TIMEOUT_MS)
    socket.once('error', reject)
    socket.once('end', () => {
      if (socket.writableFinished) resolve()
      else reject(new NotTaken('the connection was closed before everything was sent'))
    })
    socket.once('close', () => {
      clearTimeout(timer)
      reject(new NotTaken('the connection was closed'))
    })
    socket.resume()
    socket.end(text, () => {
      clearTimeout(timer)
      timer = setTimeout(resolve, CLOSING_MS)
    })
  })
}

function framed(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`
}

/**
 * `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID SD MSG`; names are printable ASCII of bounded length (§6).
 * 32473 is the enterprise number for documentation (RFC 5612): Schleuse has none of its own.
 */
function messageOf({ event, view }: Shipped, hostname: string): string {
  const f = new Fields(event)
  const severity = f.refused || f.succeeded === false ? WARNING : NOTICE
  const time = new Date(f.timeMs).toISOString()
  const data = `[schleuse@32473 leaf="${event.leaf}" log="${quoted(event.log)}"]`
  return `<${FACILITY * 8 + severity}>1 ${time} ${name(hostname, 255)} schleuse - ${name(f.type, 32)} ${data} ${JSON.stringify(view)}`
}

function name(text: string, length: number): string {
  return text.replace(/[^!-~]/g, '').slice(0, length) || '-'
}

/** §6.3.3: quote, backslash and closing bracket are escaped. */
function quoted(text: string): string {
  return text.replace(/["\\\]]/g, '\\$&')
}
