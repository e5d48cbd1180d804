import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { errors } from '../errors.ts'
import type { ByteBudget } from './budget.ts'
import type { ByteSource } from './byte-source.ts'

export interface SpoolOptions {
  /** Where files lie while they have a name: for a moment. Made when first needed. */
  readonly folder: string
  /** Bytes of all spools in memory, and on disk. */
  readonly memory: ByteBudget
  readonly disk: ByteBudget
  readonly randomBytes: (size: number) => Buffer
}

/** Bytes are sealed and read in frames of this size. */
const FRAME = 65_536
/** So much stays in memory: most files are smaller, and never reach the disk. */
const FRAMES_IN_MEMORY = 16
const TAG = 16

/**
 * Bytes that are too many for memory: the first MiB stays there, the rest goes to a file without a name, sealed with AES-256-GCM
 * under a key that only this object holds. Whatever ends the process, nobody reads them again. Written first, then read.
 */
export class Spool implements ByteSource {
  readonly #options: SpoolOptions
  readonly #key: Buffer
  readonly #frames: Buffer[] = []
  #open = Buffer.alloc(0)
  #filled = 0
  #file: FileHandle | null = null
  #onDisk = 0
  #reserved = 0
  #closed = false

  constructor(options: SpoolOptions) {
    this.#options = options
    this.#key = options.randomBytes(32)
  }

  get length(): number {
    return (this.#frames.length + this.#onDisk) * FRAME + this.#filled
  }

  /** Resolves when more may be written. @throws errors.Overloaded; of the file system */
  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (this.#open.length === 0) {
        this.#reserve(FRAME)
        this.#open = Buffer.allocUnsafe(FRAME)
      }
      const copied = bytes.copy(this.#open, this.#filled, at)
      this.#filled += copied
      at += copied
      if (this.#filled === FRAME) await this.#seal()
    }
  }

  async *read(start = 0, end = this.length): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const number = Math.floor(at / FRAME)
      const from = at - number * FRAME
      const to = Math.min(FRAME, end - number * FRAME)
      yield (await this.#frame(number)).subarray(from, to)
      at = number * FRAME + to
    }
  }

  /** Forgets all of it. May be called again. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const { memory, disk } = this.#options
    memory.release(this.#reserved)
    disk.release(this.#onDisk * FRAME)
    this.#frames.length = 0
    this.#open = Buffer.alloc(0)
    this.#key.fill(0)
    await this.#file?.close()
  }

  #reserve(bytes: number): void {
    const { memory } = this.#options
    if (this.#closed || !memory.reserve(bytes)) throw new errors.Overloaded(`${memory.limit} bytes`)
    this.#reserved += bytes
  }

  /** A whole frame: it is kept, or goes to the file. */
  async #seal(): Promise<void> {
    this.#filled = 0
    if (this.#frames.length < FRAMES_IN_MEMORY) {
      this.#frames.push(this.#open)
      this.#open = Buffer.alloc(0)
      return
    }
    const { disk } = this.#options
    if (!disk.reserve(FRAME)) throw new errors.Overloaded(`${disk.limit} bytes on disk`)
    const number = this.#onDisk++
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(number))
    const sealed = Buffer.concat([cipher.update(this.#open), cipher.final(), cipher.getAuthTag()])
    this.#file ??= await this.#create()
    await this.#file.write(sealed, 0, sealed.length, number * (FRAME + TAG))
  }

  async #frame(number: number): Promise<Buffer> {
    const inMemory = this.#frames[number]
    if (inMemory !== undefined) return inMemory
    const at = number - this.#frames.length
    if (at >= this.#onDisk) return this.#open
    const sealed = Buffer.allocUnsafe(FRAME + TAG)
    const read = await this.#file?.read(sealed, 0, sealed.length, at * sealed.length)
    if (this.#closed || read?.bytesRead !== sealed.length) throw new errors.Internal()
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(at))
    decipher.setAuthTag(sealed.subarray(FRAME))
    return Buffer.concat([decipher.update(sealed.subarray(0, FRAME)), decipher.final()])
  }

  /** The file loses its name at once: what ends the process ends the file. */
  async #create(): Promise<FileHandle> {
    const { folder, randomBytes } = this.#options
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `${randomBytes(16).toString('hex')}.spool`)
    const file = await open(path, 'wx+', 0o600)
    await unlink(path)
    return file
  }
}

/** The spools of one request: all end with it. */
export class Spools {
  readonly #options: SpoolOptions
  readonly #made: Spool[] = []

  constructor(options: SpoolOptions) {
    this.#options = options
  }

  create(): Spool {
    const spool = new Spool(this.#options)
    this.#made.push(spool)
    return spool
  }

  async close(): Promise<void> {
    for (const spool of this.#made) await spool.close()
  }
}

/** Each frame of a key is sealed once, under its number. */
function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 8)
  return nonce
}
