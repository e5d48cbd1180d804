import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { type AnchoringOptions, openAnchoring } from './audit-anchoring.ts'
import type { AnchorChange } from './audit/anchors/anchor.ts'
import type { Stamped } from './audit/anchors/timestamping.ts'
import { AuditIndex } from './audit/index/audit-index.ts'
import { type EngineOptions, openStore } from './audit/index/engine.ts'
import { Indexer, LogContradicts } from './audit/index/indexer.ts'
import { openAuditReader } from './audit/reader.ts'
import { Shipper } from './audit/ship/shipper.ts'
import { NotTaken } from './audit/ship/sink.ts'
import { SINKS } from './audit/ship/sinks/index.ts'
import { VIEWS } from './audit/ship/views/index.ts'
import type { Shipment } from './config-auditors.ts'
import { isPublicError } from './errors.ts'
import { MessageSender } from './providers/sender.ts'

/**
 * The thread that keeps the audit index, answers questions to it and sends events on, so that the gateway's own thread
 * never waits for a database or a receiver. Started by audit-service.ts.
 */

export interface WorkerOptions {
  readonly dataDir: string
  readonly engine: EngineOptions
  readonly ship: readonly Shipment[]
  /** Folder that paths of shipments are relative to. */
  readonly base: string
  readonly anchors: AnchoringOptions['config']
}

/** A question of the gateway's thread. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** Something does not keep up with the log, or does again (`fault` null). Words for the operator, no content. */
export interface Fault {
  /** `index`, or the id of a shipment. */
  readonly of: string
  readonly fault: string | null
}

/** Something for the record. */
export type Note =
  | { readonly change: AnchorChange }
  | { readonly stamped: Stamped }
  /** The log is not the one that was indexed: one of both was altered. */
  | { readonly contradicts: true }

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { code: string; statusCode: number; message: string } | null }

const METHODS = [
  'events',
  'event',
  'snapshot',
  'count',
  'aggregate',
  'findings',
  'durations',
  'completeness'
] as const

/** How long until the log is looked at again when there was nothing new, and when the index failed. */
const IDLE_MS = 500
const FAULT_MS = 5_000
/** For receivers of events. */
const TIMEOUTS = { connectMs: 10_000, headersMs: 30_000, idleMs: 30_000 }

const port = parentPort
if (port === null) throw new Error('audit-worker.ts runs in a worker only')
const say = (message: Answer | Fault | Note): void => port.postMessage(message)

/** Everything that repeats until the gateway closes. */
class Loops {
  #closed = false
  readonly #wakes = new Set<() => void>()
  readonly #running: Promise<void>[] = []

  /**
   * Repeats a step: at once while there is more (after a turn of the event loop, so that questions are answered in
   * between), else after a pause. A fault is told once, and once that it is over.
   */
  start(of: string, step: () => Promise<number>, faultPauseMs: () => number): void {
    this.#running.push(this.#run(of, step, faultPauseMs))
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const wake of this.#wakes) wake()
    await Promise.all(this.#running)
  }

  async #run(of: string, step: () => Promise<number>, faultPauseMs: () => number): Promise<void> {
    let faulty = false
    while (!this.#closed) {
      let pauseMs: number
      try {
        pauseMs = (await step()) > 0 ? 0 : IDLE_MS
        if (faulty) say({ of, fault: null })
        faulty = false
      } catch (error) {
        if (!faulty) say({ of, fault: wordsOf(error) })
        if (!faulty && error instanceof LogContradicts) say({ contradicts: true })
        faulty = true
        pauseMs = faultPauseMs()
      }
      await this.#pause(pauseMs)
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#wakes.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#wakes.add(wake)
    })
  }
}

async function main({ dataDir, engine, ship, base, anchors }: WorkerOptions): Promise<void> {
  const loops = new Loops()
  const reader = () => openAuditReader(join(dataDir, 'audit'))
  let index: AuditIndex | undefined
  let indexer: Indexer | undefined
  const early: Call[] = []
  port?.on('message', (call: Call) => {
    if (call.method === 'close') void close()
    else if (index === undefined) early.push(call)
    else void answer(index, call)
  })
  async function stepIndex(): Promise<number> {
    try {
      index ??= new AuditIndex(await openStore(engine, dataDir))
    } catch (error) {
      for (const { id } of early.splice(0)) say({ id, error: null })
      throw error
    }
    for (const call of early.splice(0)) void answer(index, call)
    indexer ??= new Indexer(reader(), index)
    return indexer.step()
  }
  loops.start('index', stepIndex, () => FAULT_MS)
  const shippers = new Map<string, Shipper>()
  for (const shipment of ship) {
    const step = async (): Promise<number> => {
      const shipper = shippers.get(shipment.id) ?? openShipper(shipment, dataDir, base)
      shippers.set(shipment.id, shipper)
      return shipper.step()
    }
    loops.start(shipment.id, step, () => shippers.get(shipment.id)?.pauseMs ?? FAULT_MS)
  }
  const anchoring = openAnchoring({
    dir: resolve(dataDir, 'audit'),
    reader: reader(),
    config: anchors,
    base,
    onChange: change => say({ change }),
    onStamped: stamped => say({ stamped })
  })
  for (const anchor of anchoring)
    loops.start(
      anchor.name,
      () => anchor.step(),
      () => FAULT_MS
    )
  async function close(): Promise<void> {
    await loops.close()
    for (const anchor of anchoring) await anchor.close()
    for (const shipper of shippers.values()) await shipper.close()
    await index?.close()
    port?.close()
  }
}

function openShipper(shipment: Shipment, dataDir: string, base: string): Shipper {
  const view = VIEWS.find(({ name }) => name === shipment.view)
  const kind = SINKS.find(({ kind }) => kind === shipment.sink)
  if (view === undefined || kind === undefined) throw new TypeError('the config was not checked')
  const sink = kind.open(shipment.options, {
    createSender: ({ url, privateNetwork, caFile }) =>
      new MessageSender(shipment.id, url, TIMEOUTS, networkOf(base, privateNetwork, caFile)),
    pathOf: path => resolve(base, path),
    hostname: hostname()
  })
  const cursorFile = join(dataDir, 'audit-ship', `${shipment.id}.json`)
  const reader = openAuditReader(join(dataDir, 'audit'))
  return new Shipper({ reader, view, sink, cursorFile, random: Math.random })
}

function networkOf(base: string, privateNetwork = false, caFile: string | undefined) {
  const tls = caFile === undefined ? undefined : { ca: readFileSync(resolve(base, caFile), 'utf8') }
  return { privateNetwork, tls }
}

async function answer(index: AuditIndex, { id, method, args }: Call): Promise<void> {
  try {
    const known = METHODS.find(name => name === method)
    if (known === undefined) throw new TypeError('unknown method')
    say({ id, value: await (index[known] as (...args: unknown[]) => Promise<unknown>)(...args) })
  } catch (error) {
    const shown = isPublicError(error)
      ? { code: error.code, statusCode: error.statusCode, message: error.message }
      : null
    say({ id, error: shown })
  }
}

/** Messages of engines and receivers may quote values; our own, names and codes don't. */
function wordsOf(error: unknown): string {
  if (error instanceof LogContradicts || error instanceof NotTaken || isPublicError(error))
    return error.message
  if (!(error instanceof Error)) return 'unknown fault'
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${error.name}${code}`
}

await main(workerData as WorkerOptions)
