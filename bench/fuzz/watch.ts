import { Worker } from 'node:worker_threads'
import type { FuzzMessage, FuzzRun } from './worker.ts'

export interface Failure {
  readonly seed: number
  readonly error: string
}

export interface Outcome {
  readonly findings: number
  readonly chars: number
  readonly failures: readonly Failure[]
}

/** A text at work for so long never ends: others take milliseconds, on a machine under load some more. */
const STALL_MS = 30_000
const LOOK_MS = 1000
const MAX_FAILURES = 10

/** Checks the texts of the seeds [from, to); goes on behind a text that never ends. Stops at the tenth failure. */
export async function watch(from: number, to: number, progress: (texts: number) => void): Promise<Outcome> {
  const failures: Failure[] = []
  let findings = 0
  let chars = 0
  let next = from
  while (next < to && failures.length < MAX_FAILURES) {
    const at = new Int32Array(new SharedArrayBuffer(4))
    at[0] = next
    const worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: { from: next, to, at } satisfies FuzzRun
    })
    const stalled = await new Promise<number | null>((resolve, reject) => {
      const dog = setInterval(look, LOOK_MS)
      const end = (seed: number | null): void => {
        clearInterval(dog)
        resolve(seed)
      }
      let seen = -1
      let since = performance.now()
      function look(): void {
        const seed = Atomics.load(at, 0)
        if (seed !== seen) {
          seen = seed
          since = performance.now()
        } else if (performance.now() - since > STALL_MS) end(seed)
      }
      worker.on('error', reject)
      worker.on('message', (message: FuzzMessage) => {
        if (message.kind === 'failure') {
          failures.push({ seed: message.seed, error: message.error })
          if (failures.length >= MAX_FAILURES) end(null)
          return
        }
        findings += message.findings
        chars += message.chars
        if (message.kind === 'done') end(null)
        else progress(Atomics.load(at, 0) - from)
      })
    })
    await worker.terminate()
    if (stalled === null) break
    failures.push({ seed: stalled, error: `does not end within ${STALL_MS / 1000} s` })
    next = stalled + 1
  }
  return { findings, chars, failures }
}
