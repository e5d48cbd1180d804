import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { AuditReader } from '../../../src/audit/reader.ts'
import { Shipper } from '../../../src/audit/ship/shipper.ts'
import type { Shipped, Sink, SinkDeps } from '../../../src/audit/ship/sink.ts'
import { SINKS } from '../../../src/audit/ship/sinks/index.ts'
import type { View } from '../../../src/audit/ship/view.ts'
import { VIEWS } from '../../../src/audit/ship/views/index.ts'
import { MessageSender } from '../../../src/providers/sender.ts'
import { folderOf, traffic } from '../../support/audit-index.ts'

const events = traffic(1200)
const TIMEOUTS = { connectMs: 2000, headersMs: 2000, idleMs: 2000 }

/** A log that grows when told. */
class GrowingLog implements AuditReader {
  size = 0

  async logs() {
    return [{ name: 'a', origin: 'log-a', size: this.size, first: 0, sealed: false }]
  }

  async read(_log: string, from: number, limit: number) {
    const to = Math.min(this.size, from + limit)
    return events.slice(from, to).map((json, at) => ({ index: from + at, json }))
  }
}

/** A receiver of one kind: refuses while told to, and tells which event ids it took. */
interface Receiver {
  readonly options: Record<string, unknown>
  refuse: boolean
  taken(): Promise<string[]>
}

interface Ends {
  teardown(end: () => unknown): unknown
}

const idsIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /"(?:event_id|id|uid)":"([0-9a-f]{8}-[0-9a-f-]{27})"|schleuse\.event\.id","value":\{"stringValue":"([^"]+)"/g
    )
  ].map(match => match[1] ?? match[2] ?? '')

/** One receiver per kind of sink; a new kind needs one here. */
const receivers: Readonly<Record<string, (t: Ends, folder: string) => Promise<Receiver>>> = {
  async file(_t, folder) {
    const path = join(folder, 'sub', 'events.jsonl')
    const blocker = join(folder, 'sub')
    return {
      options: { path },
      get refuse() {
        return false
      },
      set refuse(on: boolean) {
        // a file where the folder should be
        if (on) {
          if (existsSync(blocker)) renameSync(blocker, `${blocker}.away`)
          writeFileSync(blocker, '')
        } else {
          renameSync(blocker, `${blocker}.file`)
          if (existsSync(`${blocker}.away`)) renameSync(`${blocker}.away`, blocker)
        }
      },
      taken: async () =>
        readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .flatMap(line => idsIn(line).slice(0, 1))
    }
  },
  http: (t, folder) => httpReceiver(t, folder),
  otlp: (t, folder) => httpReceiver(t, folder),
  async syslog(t) {
    let text = ''
    let refusing = false
    const sockets = new Set<Socket>()
    const server = createServer(socket => {
      sockets.add(socket)
      if (refusing) socket.destroy()
      socket.on('data', data => (text += data.toString('utf8'))).on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    return {
      options: { host: '127.0.0.1', port, transport: 'tcp' },
      get refuse() {
        return refusing
      },
      set refuse(on: boolean) {
        refusing = on
        if (on) {
          for (const socket of sockets) socket.destroy()
          server.close()
        } else server.listen(port, '127.0.0.1')
      },
      taken: async () => framesOf(text).flatMap(frame => idsIn(frame).slice(0, 1))
    }
  }
}

async function httpReceiver(t: Ends, folder: string): Promise<Receiver> {
  const bodies: string[] = []
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, 'the-token\n')
  const receiver = { refuse: false }
  const server = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (data: Buffer) => (body += data.toString('utf8')))
    request.on('end', () => {
      const allowed = request.headers.authorization === 'Bearer the-token' && !receiver.refuse
      if (allowed) bodies.push(body)
      response.writeHead(allowed ? 200 : 503, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`
  return Object.assign(receiver, {
    options: { url, tokenFile },
    taken: async () => bodies.flatMap(body => body.split('\n')).flatMap(text => unique(idsIn(text)))
  })
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Octet counting: the length, a space, the message. */
function framesOf(text: string): string[] {
  const frames: string[] = []
  for (let rest = text; rest !== ''; ) {
    const space = rest.indexOf(' ')
    const length = Number(rest.slice(0, space))
    frames.push(rest.slice(space + 1, space + 1 + length))
    rest = rest.slice(space + 1 + length)
  }
  return frames
}

const deps: SinkDeps = {
  createSender: ({ url }) => new MessageSender('test', url, TIMEOUTS),
  pathOf: path => path,
  hostname: 'gateway-1'
}
const eventIds = events.map(json => (JSON.parse(json) as { event_id: string }).event_id)
const viewFor = (views: readonly string[] | undefined): View => {
  const view = VIEWS.find(({ name }) => name === (views?.[0] ?? 'own'))
  if (view === undefined) throw new Error('no such view')
  return view
}

t.same(Object.keys(receivers).sort(), SINKS.map(({ kind }) => kind).sort(), 'every kind of sink is tested')

for (const kind of SINKS) {
  t.test(
    `${kind.kind}: every event in order, refused batches again, after a restart from where it was`,
    async t => {
      const folder = folderOf(t)
      const receiver = await receivers[kind.kind]?.(t, folder)
      if (receiver === undefined) throw new Error('no receiver')
      const log = new GrowingLog()
      const start = (): Shipper => {
        const sink = kind.open(receiver.options, deps)
        return new Shipper({
          reader: log,
          view: viewFor(kind.views),
          sink,
          cursorFile: join(folder, 'cursor', 'a.json'),
          random: () => 0
        })
      }
      let shipper = start()
      t.equal(await shipper.step(), 0)
      log.size = 600
      t.equal(await shipper.step(), 500)
      t.equal(await shipper.step(), 100)
      t.equal(await shipper.step(), 0)
      t.same(unique(await receiver.taken()), eventIds.slice(0, 600))

      receiver.refuse = true
      log.size = 900
      await t.rejects(shipper.step())
      await t.rejects(shipper.step())
      receiver.refuse = false
      for (let sent = 1; sent > 0; ) sent = await shipper.step()
      await shipper.close()

      log.size = 1200
      shipper = start()
      for (let sent = 1; sent > 0; ) sent = await shipper.step()
      t.same(unique(await receiver.taken()), eventIds)
      await shipper.close()
    }
  )
}

function shipperOver(folder: string, sink: Sink, random = () => 0): { shipper: Shipper; log: GrowingLog } {
  const log = new GrowingLog()
  const view = viewFor(undefined)
  return {
    log,
    shipper: new Shipper({ reader: log, view, sink, cursorFile: join(folder, 'c.json'), random })
  }
}

t.test('pauses double up to a minute and begin anew after a success', async t => {
  let refuse = true
  const sink: Sink = {
    send: async () => {
      if (refuse) throw new Error('no')
    },
    close: async () => undefined
  }
  const { shipper, log } = shipperOver(folderOf(t), sink)
  log.size = 10
  const pauses: number[] = []
  for (let i = 0; i < 9; i++) {
    await t.rejects(shipper.step())
    pauses.push(shipper.pauseMs)
  }
  t.same(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  refuse = false
  t.equal(await shipper.step(), 10)
  refuse = true
  log.size = 20
  await t.rejects(shipper.step())
  t.equal(shipper.pauseMs, 500)
})

t.test('a batch that was taken is not sent again when the next fails', async t => {
  const folder = folderOf(t)
  const batches: number[] = []
  const sink: Sink = {
    send: async (batch: readonly Shipped[]) => {
      if (batches.length === 1) throw new Error('no')
      batches.push(batch[0]?.event.leaf ?? -1)
    },
    close: async () => undefined
  }
  const { shipper, log } = shipperOver(folder, sink)
  log.size = 700
  await shipper.step()
  await t.rejects(shipper.step())
  t.same(JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8')), { next: { 'log-a': 500 } })
})

t.test('a damaged cursor stops the shipment instead of sending everything again', async t => {
  const folder = folderOf(t)
  const sink: Sink = { send: async () => undefined, close: async () => undefined }
  for (const text of ['', '{}', '{"next":{}}', '{"next":{"log-a":-1}}', '{"next":{"log-a":1.5}}']) {
    writeFileSync(join(folder, 'c.json'), text)
    t.throws(() => shipperOver(folder, sink), /damaged/)
  }
})

t.test('syslog: RFC 5424 with octet counting', async t => {
  const json = events[0] ?? ''
  const event = { log: 'a"]\\b', leaf: 7, json, body: JSON.parse(json) as unknown }
  let text = ''
  const server = createServer(socket => socket.on('data', data => (text += data.toString('utf8'))))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const sink = SINKS.find(one => one.kind === 'syslog')?.open(
    { host: '127.0.0.1', port, transport: 'tcp' },
    { ...deps, hostname: 'gäte way' }
  )
  await sink?.send([{ event, view: viewFor(undefined).of(event) }])
  t.match(
    framesOf(text)[0],
    /^<10[89]>1 2026-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z gteway schleuse - ai\.request\.admitted \[schleuse@32473 leaf="7" log="a\\"\\\]\\\\b"\] \{"event":/
  )
})

t.test('otlp: a collector that rejects a part gets the batch again', async t => {
  const sink = SINKS.find(({ kind }) => kind === 'otlp')?.open(
    { url: 'https://collector.example/v1/logs' },
    {
      ...deps,
      createSender: () => ({
        post: async () => ({ status: 200, body: '{"partialSuccess":{"rejectedLogRecords":"3"}}' }),
        close: async () => undefined
      })
    }
  )
  const json = events[0] ?? ''
  const event = { log: 'a', leaf: 0, json, body: JSON.parse(json) as unknown }
  await t.rejects(sink?.send([{ event, view: viewFor(['otel']).of(event) }]) ?? Promise.resolve(), {
    name: 'NotTaken',
    message: 'the collector rejected 3 records'
  })
})
