import type { LogFs } from './log-file.ts'

/** How much room is made at once. A full step costs one write of zeros per about a thousand records. */
const STEP_BYTES = 1 << 20
const zeros = Buffer.alloc(STEP_BYTES)

type Done = (error: Error | null) => void

/**
 * Writes one after another into room made beforehand. A write that does not change the file's size or its blocks needs no
 * journal entry of the file system, which takes a third of the CPU and of the time off every durable write (ext4).
 * The room holds zero bytes, which no record has; opening and closing cut them off.
 *
 * One write at a time. The file must be open with O_DSYNC: room and records are then durable when their write returns.
 */
export class LogSpace {
  readonly #fs: LogFs
  readonly #fd: number
  /** Behind the last record. */
  #end: number
  /** Behind the last byte that is made room or record. */
  #made: number
  #making = false
  /** What waits for room. */
  #waiting: (() => void) | null = null
  #failure: Error | null = null

  constructor(fs: LogFs, fd: number, end: number) {
    this.#fs = fs
    this.#fd = fd
    this.#end = end
    this.#made = end
  }

  /** Offset behind the last record that was written whole. */
  get end(): number {
    return this.#end
  }

  /** Appends buffer[0, length). `done` gets an error when the disk took less than all; the file is then of no use. */
  append(buffer: Buffer, length: number, done: Done): void {
    if (this.#failure !== null) done(this.#failure)
    else if (this.#end + length <= this.#made) this.#write(buffer, 0, length, done)
    else {
      // Room and records must not be written over each other.
      this.#waiting = () => this.append(buffer, length, done)
      this.#make(length)
    }
  }

  /** Makes room ahead of time, so that no append has to wait for it. */
  prepare(): void {
    if (this.#made - this.#end < STEP_BYTES / 2) this.#make(0)
  }

  /** Calls back when no room is being made any more. */
  settled(done: () => void): void {
    if (this.#making) this.#waiting = done
    else done()
  }

  #make(needed: number): void {
    if (this.#making || this.#failure !== null) return
    this.#making = true
    const bytes = Math.max(STEP_BYTES, needed)
    this.#put(bytes === STEP_BYTES ? zeros : Buffer.alloc(bytes), 0, bytes, this.#made, error => {
      this.#making = false
      if (error === null) this.#made += bytes
      else this.#failure = error
      const next = this.#waiting
      this.#waiting = null
      next?.()
    })
  }

  #write(buffer: Buffer, from: number, length: number, done: Done): void {
    this.#put(buffer, from, length, this.#end, error => {
      if (error === null) this.#end += length
      done(error)
    })
  }

  /** Writes all of it, in as many calls as the system needs. */
  #put(buffer: Buffer, from: number, length: number, position: number, done: Done): void {
    this.#fs.write(this.#fd, buffer, from, length, position, (error, written) => {
      if (error !== null) done(error)
      else if (written === 0) done(new Error('the disk took no bytes'))
      else if (written < length) this.#put(buffer, from + written, length - written, position + written, done)
      else done(null)
    })
  }
}
