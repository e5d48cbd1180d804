import { constants } from 'node:fs'
import { dirname } from 'node:path'
import type { LogFs } from '../../../src/audit/storage/fs.ts'

/**
 * A disk in memory that forgets. Writes and names that were not synced may survive a power cut or not, each on its own,
 * in any order, and writes also in part. What was synced stays.
 */

interface Inode {
  /** As programs see it. */
  data: Buffer
  /** As it is on the disk for sure. */
  durable: Buffer
  /** Not synced. */
  pending: { readonly position: number; readonly bytes: Buffer }[]
}

interface NameChange {
  readonly path: string
  /** Undefined: the name goes. */
  readonly inode: Inode | 'folder' | undefined
  /** The name that goes with it, of a rename. */
  readonly from?: string
}

interface OpenFile {
  readonly path: string
  readonly inode: Inode | 'folder'
  readonly dsync: boolean
}

export type Step = 'write' | 'datasync' | 'sync' | 'dsync' | 'rename' | 'unlink' | 'mkdir' | 'open'

export interface SimOptions {
  /** Called before each step with its number; what it throws, the step throws. Answer `lie`: say yes and do not sync. */
  readonly onStep?: (step: Step, path: string, n: number) => 'lie' | 'short' | undefined
}

export class SimFs implements LogFs {
  readonly #options: SimOptions
  #names = new Map<string, Inode | 'folder'>([['/', 'folder']])
  #durableNames = new Map<string, Inode | 'folder'>([['/', 'folder']])
  #changes = new Map<string, NameChange[]>()
  readonly #open = new Map<number, OpenFile>()
  #nextFd = 3
  #steps = 0
  #isOff = false

  constructor(options: SimOptions = {}) {
    this.#options = options
  }

  get steps(): number {
    return this.#steps
  }

  get openFiles(): number {
    return this.#open.size
  }

  /** The power goes: every call from now on fails. */
  cut(): void {
    this.#isOff = true
  }

  /** What the disk holds after a power cut: one of the many states that it may be in. @param random from 0 up to 1 */
  survivor(random: () => number, options: SimOptions = {}): SimFs {
    const disk = new SimFs(options)
    const names = new Map(this.#durableNames)
    for (const changes of this.#changes.values()) {
      for (const { path, inode, from } of changes) {
        if (random() < 0.5) continue
        if (from !== undefined) names.delete(from)
        if (inode === undefined) names.delete(path)
        else names.set(path, inode)
      }
    }
    const copies = new Map<Inode, Inode>()
    for (const [path, inode] of names) {
      // a name in a folder that is not there is lost with it
      if (!isReachable(path, names)) continue
      const copy = inode === 'folder' ? inode : (copies.get(inode) ?? survive(inode, random))
      if (inode !== 'folder' && copy !== 'folder') copies.set(inode, copy)
      disk.#names.set(path, copy)
      disk.#durableNames.set(path, copy)
    }
    return disk
  }

  /** Changes a file behind the back of the log. */
  alter(path: string, change: (bytes: Buffer) => Buffer | null): void {
    const inode = this.#names.get(path)
    if (inode === undefined || inode === 'folder') throw new Error(`no file ${path}`)
    const bytes = change(Buffer.from(inode.data))
    if (bytes === null) {
      this.#names.delete(path)
      this.#durableNames.delete(path)
    } else Object.assign(inode, { data: bytes, durable: Buffer.from(bytes) })
  }

  removeFolder(path: string): void {
    for (const names of [this.#names, this.#durableNames])
      for (const name of names.keys()) if (name === path || name.startsWith(`${path}/`)) names.delete(name)
  }

  put(path: string, bytes: Buffer): void {
    const inode = { data: bytes, durable: Buffer.from(bytes), pending: [] }
    this.#names.set(path, inode)
    this.#durableNames.set(path, inode)
  }

  paths(): string[] {
    return [...this.#names].flatMap(([path, inode]) => (inode === 'folder' ? [] : [path])).sort()
  }

  readFile(path: string): Buffer | null {
    const inode = this.#names.get(path)
    if (inode === 'folder') throw fault('EISDIR')
    return inode === undefined ? null : Buffer.from(inode.data)
  }

  list(path: string): string[] {
    return [...this.#names.keys()]
      .filter(name => name !== '/' && dirname(name) === path)
      .map(name => name.slice(path === '/' ? 1 : path.length + 1))
      .sort()
  }

  async open(path: string, flags: number): Promise<number> {
    await this.#step('open', path)
    let inode = this.#names.get(path)
    if (inode === undefined) {
      if ((flags & constants.O_CREAT) === 0 || this.#names.get(dirname(path)) !== 'folder')
        throw fault('ENOENT')
      inode = { data: Buffer.alloc(0), durable: Buffer.alloc(0), pending: [] }
      this.#change({ path, inode })
    }
    if (inode !== 'folder' && (flags & constants.O_TRUNC) !== 0 && inode.data.length > 0) {
      // on disk the old content may still be there, or be gone
      inode.data = Buffer.alloc(0)
      inode.durable = Buffer.alloc(0)
      inode.pending = []
    }
    const dsync = (flags & constants.O_DSYNC) === constants.O_DSYNC
    this.#open.set(this.#nextFd, { path, inode, dsync })
    return this.#nextFd++
  }

  async write(
    fd: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number
  ): Promise<number> {
    const { path, inode, dsync } = this.#file(fd)
    if (inode === 'folder') throw fault('EISDIR')
    const given = Buffer.from(buffer.subarray(offset, offset + length))
    let word: 'lie' | 'short' | undefined
    try {
      word = await this.#step(dsync ? 'dsync' : 'write', path)
    } catch (error) {
      // a write that failed may be on the disk in part
      inode.pending.push({ position, bytes: given })
      throw error
    }
    const taken = word === 'short' && length > 1 ? length >> 1 : length
    const bytes = given.subarray(0, taken)
    inode.data = placed(inode.data, bytes, position)
    if (dsync && word !== 'lie') {
      inode.durable = placed(inode.durable, bytes, position)
    } else inode.pending.push({ position, bytes })
    return taken
  }

  async datasync(fd: number): Promise<void> {
    const { path, inode } = this.#file(fd)
    if (inode === 'folder' || (await this.#step('datasync', path)) === 'lie') return
    inode.durable = Buffer.from(inode.data)
    inode.pending = []
  }

  async sync(fd: number): Promise<void> {
    const { path, inode } = this.#file(fd)
    if (inode !== 'folder') return this.datasync(fd)
    if ((await this.#step('sync', path)) === 'lie') return
    for (const { path: name, inode, from } of this.#changes.get(path) ?? []) {
      if (from !== undefined) this.#durableNames.delete(from)
      if (inode === undefined) this.#durableNames.delete(name)
      else this.#durableNames.set(name, inode)
    }
    this.#changes.delete(path)
  }

  async close(fd: number): Promise<void> {
    this.#file(fd)
    this.#open.delete(fd)
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#step('rename', to)
    const inode = this.#names.get(from)
    if (inode === undefined) throw fault('ENOENT')
    this.#names.delete(from)
    this.#change({ path: to, inode, from })
  }

  async unlink(path: string): Promise<void> {
    await this.#step('unlink', path)
    if (!this.#names.has(path)) throw fault('ENOENT')
    this.#change({ path, inode: undefined })
  }

  async rmdir(path: string): Promise<void> {
    await this.unlink(path)
  }

  async mkdir(path: string): Promise<boolean> {
    await this.#step('mkdir', path)
    if (this.#names.has(path)) return false
    if (this.#names.get(dirname(path)) !== 'folder') throw fault('ENOENT')
    this.#change({ path, inode: 'folder' })
    return true
  }

  #change(change: NameChange): void {
    if (change.inode === undefined) this.#names.delete(change.path)
    else this.#names.set(change.path, change.inode)
    const folder = dirname(change.path)
    this.#changes.set(folder, [...(this.#changes.get(folder) ?? []), change])
  }

  #file(fd: number): OpenFile {
    const file = this.#open.get(fd)
    if (file === undefined) throw fault('EBADF')
    return file
  }

  /** Steps of calls that were made at once come in turns, as from a pool of threads. */
  async #step(step: Step, path: string): Promise<'lie' | 'short' | undefined> {
    await new Promise(resolve => setImmediate(resolve))
    if (this.#isOff) throw fault('EIO')
    const n = this.#steps++
    return this.#options.onStep?.(step, path, n)
  }
}

export function fault(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code })
}

function isReachable(path: string, names: ReadonlyMap<string, unknown>): boolean {
  for (let at = dirname(path); at !== '/'; at = dirname(at)) if (names.get(at) !== 'folder') return false
  return true
}

function placed(data: Buffer, bytes: Buffer, position: number): Buffer {
  if (position + bytes.length <= data.length) {
    bytes.copy(data, position)
    return data
  }
  const longer = Buffer.alloc(position + bytes.length)
  data.copy(longer)
  bytes.copy(longer, position)
  return longer
}

/** The synced content and, in any order, some of what was not synced, some of it in part. */
function survive({ durable, pending }: Inode, random: () => number): Inode {
  let data: Buffer = Buffer.from(durable)
  for (const { position, bytes } of pending.toSorted(() => random() - 0.5)) {
    const luck = random()
    if (luck < 0.4) continue
    const [from, to] = luck < 0.7 ? [0, bytes.length] : torn(bytes.length, random)
    data = placed(data, bytes.subarray(from, to), position + from)
  }
  return { data, durable: Buffer.from(data), pending: [] }
}

function torn(length: number, random: () => number): [number, number] {
  const [a, b] = [Math.floor(random() * length), Math.floor(random() * length)]
  return a < b ? [a, b] : [b, a]
}
