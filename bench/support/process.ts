import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'

/** Targets run alone on one core; the load generator and the simulator share the other. */
export const TARGET_CORE = 0
export const LOAD_CORE = 1

export interface Target {
  readonly name: string
  readonly port: number
  readonly pid: number
  /** CPU microseconds, user and system, of all live threads of the process. */
  cpuUs(): number
  /** The share of the thread that runs JavaScript; the others collect garbage, compile and wait for the disk. */
  mainUs(): number
  /** Resident memory in MB. */
  rssMb(): number
  stop(): Promise<void>
}

/** Binds this process, with its threads, to a core. */
export function pinSelf(core: number): void {
  execFileSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)])
}

/**
 * Starts a Node program on one core and waits until it names its address.
 * @throws when it ends before, with what it wrote
 */
export async function startTarget(
  name: string,
  core: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<Target> {
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...env }
  })
  const orphaned = (): unknown => child.kill('SIGKILL')
  process.once('exit', orphaned)
  const port = await address(name, child)
  const pid = child.pid ?? 0
  return {
    name,
    port,
    pid,
    cpuUs: () => readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + threadUs(pid, thread), 0),
    mainUs: () => threadUs(pid, String(pid)),
    rssMb: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      const forced = setTimeout(() => child.kill('SIGKILL'), 5000)
      await once(child, 'exit')
      clearTimeout(forced)
      process.off('exit', orphaned)
    }
  }
}

function address(name: string, child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = ''
    const read = (data: Buffer): void => {
      out = (out + data.toString('utf8')).slice(-10_000)
      const port =
        /listening.*?127\.0\.0\.1:(\d+)/.exec(out)?.[1] ?? /127\.0\.0\.1:(\d+).*?listening/.exec(out)?.[1]
      if (port) resolve(Number(port))
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', code => reject(new Error(`${name} ended with ${code} before it listened:\n${out}`)))
  })
}

/** Ticks of 10 ms that a core spent on anything but idling, also for other guests of the machine (`steal`). */
function busyTicks(core: number): number {
  const line =
    readFileSync('/proc/stat', 'utf8')
      .split('\n')
      .find(one => one.startsWith(`cpu${core} `)) ?? ''
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = line
    .split(/ +/)
    .slice(1)
    .map(Number)
  return user + nice + system + irq + soft + steal
}

/**
 * How busy others kept the two cores: 0 on a quiet machine, 1 when we got nothing.
 * @returns a function that tells it for the time since this call, given all targets
 */
export function watchNeighbours(targets: readonly Target[]): () => number {
  const ours = (): number => {
    const { user, system } = process.cpuUsage()
    return targets.reduce((sum, target) => sum + target.cpuUs(), user + system)
  }
  const all = (): number => (busyTicks(TARGET_CORE) + busyTicks(LOAD_CORE)) * 10_000
  const [allBefore, oursBefore, start] = [all(), ours(), performance.now()]
  return () => {
    const others = all() - allBefore - (ours() - oursBefore)
    return Math.max(0, others / ((performance.now() - start) * 1000 * 2))
  }
}

/** The first field of schedstat is time on the CPU in nanoseconds; /proc/<pid>/stat has the same sum in steps of 10 ms. */
const threadUs = (pid: number, thread: string): number =>
  Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1000
