import type { ByteSource } from '../core/byte-source.ts'
import type { Form, FormFile } from '../core/form.ts'
import type { Note } from '../core/json/walker.ts'
import type { Spool } from '../core/spool.ts'
import type { BodyInPieces } from '../providers/provider.ts'
import type { LeafEdits } from './leaf-edits.ts'
import type { ModelNames } from './outbound.ts'
import type { PieceText } from './upload-outbound.ts'

/** A document as it leaves, but for the names of models, which each deployment has its own for. */
export class Rewritten {
  readonly #spool: Spool
  /** Where names of models stand, in bytes of the spool. Names that are the same are one string. */
  readonly #names: { readonly at: number; readonly model: string }[] = []
  readonly #known = new Map<string, string>()

  constructor(spool: Spool) {
    this.#spool = spool
  }

  async write({ text, models }: PieceText): Promise<void> {
    for (const [index, piece] of text.split('\0').entries()) {
      const model = models[index - 1]
      if (model !== undefined) this.#names.push({ at: this.#spool.length, model: this.#one(model) })
      await this.#spool.write(Buffer.from(piece))
    }
  }

  #one(model: string): string {
    const known = this.#known.get(model)
    if (known === undefined) this.#known.set(model, model)
    return known ?? model
  }

  lengthFor({ nameOf }: ModelNames): number {
    return this.#names.reduce((sum, { model }) => sum + written(nameOf(model)).length, this.#spool.length)
  }

  async *pieces({ nameOf }: ModelNames): AsyncGenerator<Buffer> {
    let at = 0
    for (const name of this.#names) {
      yield* this.#spool.read(at, name.at)
      yield written(nameOf(name.model))
      at = name.at
    }
    yield* this.#spool.read(at)
  }
}

function written(model: string): Buffer {
  return Buffer.from(JSON.stringify(model))
}

/** The parts of a form as it leaves. */
export interface UploadParts {
  readonly form: Form
  readonly fields: LeafEdits
  /** Where the model of the request stands, and its name there. */
  readonly named: Note | null
  readonly model: string | null
  /** A file that could not be read leaves as it came; null where nothing was kept. */
  readonly files: readonly (FormFile | Rewritten | null)[]
}

/** A form as one deployment gets it. */
export class UploadBody implements BodyInPieces {
  readonly length: number
  readonly #source: ByteSource
  readonly #names: ModelNames
  readonly #parts: readonly (Buffer | FormFile | Rewritten)[]

  constructor({ form, fields, named, model, files }: UploadParts, names: ModelNames) {
    this.#source = form.body
    this.#names = names
    const isRenamed = named !== null && names.model !== null && names.model !== model
    const edited = fields.applyWith(
      isRenamed ? [{ start: named.start, end: named.end, text: names.model }] : []
    )
    this.#parts = form
      .assemble(edited)
      .flatMap(part => (typeof part === 'number' ? (files[part] ?? []) : part))
    this.length = this.#parts.reduce((sum, part) => sum + this.#lengthOf(part), 0)
  }

  #lengthOf(part: Buffer | FormFile | Rewritten): number {
    if (part instanceof Rewritten) return part.lengthFor(this.#names)
    return Buffer.isBuffer(part) ? part.length : part.end - part.start
  }

  async *pieces(): AsyncGenerator<Buffer> {
    for (const part of this.#parts) {
      if (part instanceof Rewritten) yield* part.pieces(this.#names)
      else if (Buffer.isBuffer(part)) yield part
      else yield* this.#source.read(part.start, part.end)
    }
  }
}
