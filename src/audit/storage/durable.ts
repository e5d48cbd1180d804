import { dirname, join } from 'node:path'
import { type LogFs, OPEN_DIR, OPEN_NEW } from './fs.ts'

/** Writes that are on the disk, names included, when their promise resolves. Nothing is retried. */

export interface NewFile {
  /** Relative to the folder of the writer. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** Files written and synced at once. */
const PARALLEL = 8

export class DurableDir {
  readonly #fs: LogFs
  readonly #root: string
  /** Folders that are there and durable. */
  readonly #known = new Set<string>()

  /** @param root absolute; made by `create`, its parent must be there or is made too */
  constructor(fs: LogFs, root: string) {
    this.#fs = fs
    this.#root = root
  }

  /** Makes the folder itself and what is missing above it. */
  async create(): Promise<void> {
    await this.#make(this.#root)
  }

  /** Makes names in the folder itself durable, of files that were opened elsewhere. */
  async sync(): Promise<void> {
    await this.#holding([this.#root], async () => undefined)
  }

  /** Writes whole files. One that is there is written anew, so only give what no one relies on yet. */
  async write(files: readonly NewFile[]): Promise<void> {
    const folders = new Set(files.map(({ path }) => dirname(join(this.#root, path))))
    for (const folder of folders) await this.#make(folder)
    await this.#holding([...folders], async () => {
      for (let at = 0; at < files.length; at += PARALLEL) {
        const some = files.slice(at, at + PARALLEL)
        await Promise.all(some.map(({ path, bytes }) => this.#put(join(this.#root, path), bytes)))
      }
    })
  }

  /** Puts a file in place of another: after a crash one of both is there, whole. */
  async replace(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#root, path)
    await this.#make(dirname(target))
    await this.#holding([dirname(target)], async () => {
      await this.#put(`${target}.new`, bytes)
      await this.#fs.rename(`${target}.new`, target)
    })
  }

  /**
   * Syncs folders after `change` was made in them. They are held open from before it: the kernel may drop a folder from
   * its cache, and with it the error of a write that failed.
   */
  async #holding(folders: readonly string[], change: () => Promise<void>): Promise<void> {
    const held: number[] = []
    try {
      for (const folder of folders) held.push(await this.#fs.open(folder, OPEN_DIR))
      await change()
      for (const fd of held) await this.#fs.sync(fd)
    } finally {
      for (const fd of held) await this.#fs.close(fd)
    }
  }

  async #put(path: string, bytes: Uint8Array): Promise<void> {
    const fd = await this.#fs.open(path, OPEN_NEW)
    try {
      await writeAll(this.#fs, fd, bytes, 0)
      await this.#fs.datasync(fd)
    } finally {
      await this.#fs.close(fd)
    }
  }

  /** Its name is synced also when it is there: whoever made it may have died before that. */
  async #make(folder: string): Promise<void> {
    if (this.#known.has(folder)) return
    const parent = dirname(folder)
    if (folder.length > this.#root.length) await this.#make(parent)
    try {
      await this.#fs.mkdir(folder)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      await this.#make(parent)
      await this.#fs.mkdir(folder)
    }
    await this.#holding([parent], async () => undefined)
    this.#known.add(folder)
  }
}

/** Writes all bytes, in as many calls as the system needs. @throws Error when it takes none */
export async function writeAll(fs: LogFs, fd: number, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const taken = await fs.write(fd, bytes, done, bytes.length - done, position + done)
    if (taken === 0) throw new Error('the disk took no bytes')
    done += taken
  }
}
