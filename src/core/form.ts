import { isUtf8 } from 'node:buffer'
import { errors } from '../errors.ts'
import type { DocumentFormat, DocumentLimits } from './documents/document.ts'
import { DocumentTexts } from './documents/document.ts'
import { formatOf } from './documents/index.ts'
import type { Shape } from './json/shape.ts'
import { SourceMap } from './json/source-map.ts'
import { type Slot, type Walk, wireWord } from './json/walker.ts'
import type { LeafKind } from './leaf.ts'
import { type FormPart, quotedName, readForm } from './multipart.ts'

/** What a file field holds: `document` is read where its format is known, all else can't be. */
export type FileKind = 'document' | 'image' | 'audio' | 'file'

/** What a dialect says of the fields of a form. Those it does not name are scanned. */
export interface FormRules {
  /** By name without brackets: `prompt`, `include[]`, `expires_after[seconds]`. */
  readonly fields: ReadonlyMap<string, Shape>
  readonly files: ReadonlyMap<string, FileKind>
  /** A format of the endpoint's own for a document, by the other fields; null for those of documents/. */
  readonly format?: (valueOf: (field: string) => string | undefined) => DocumentFormat | null
}

/** A form as it leaves: its texts in one source, what can't be read apart from them. */
export interface Form {
  readonly walk: Walk
  readonly contentType: string
  /** The bytes of the source after edits. */
  assemble(edited: string): Buffer
}

const CRLF = '\r\n'

/**
 * Reads a form and writes it anew: own boundary, disposition and type of each part, nothing else of its headers.
 * @param body attacker-controlled
 * @throws errors.BodyNotForm, of the JSON kind for documents of an endpoint's own format
 */
export function walkForm(body: Buffer, boundary: string, rules: FormRules, limits: DocumentLimits): Form {
  const parts = readForm(body, boundary)
  const writer = new FormWriter(parts, rules, limits)
  for (const part of parts) writer.add(part)
  return writer.end()
}

class FormWriter {
  readonly #rules: FormRules
  readonly #boundary: string
  readonly #into: DocumentTexts
  readonly #binaries: Buffer[] = []
  readonly #format: DocumentFormat | null
  #source = ''

  constructor(parts: readonly FormPart[], rules: FormRules, limits: DocumentLimits) {
    this.#rules = rules
    this.#into = new DocumentTexts(limits)
    this.#boundary = freeBoundary(parts)
    const valueOf = (field: string) => parts.find(part => part.name === field)?.body.toString('utf8')
    this.#format = rules.format?.(valueOf) ?? null
  }

  add(part: FormPart): void {
    const { name, filename, type } = part
    const base = name.replace(/\[.*$/s, '')
    const slot: Slot = { frame: ROOT, key: base, known: this.#isKnown(base), label: base }
    this.#source += `--${this.#boundary}${CRLF}Content-Disposition: form-data; name="`
    if (slot.known && /^[\w.[\]]{1,100}$/.test(name)) this.#source += name
    else this.#leaf('fixed', quotedName(name), { ...slot, known: false })
    if (filename !== null) {
      this.#source += '"; filename="'
      this.#leaf('identifier', quotedName(filename), { ...slot, label: 'filename' })
    }
    this.#source += `"${CRLF}`
    if (filename === null) this.#field(part, this.#rules.fields.get(base) ?? {}, slot)
    else {
      const written =
        type !== null && /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type : 'application/octet-stream'
      this.#source += `Content-Type: ${written}${CRLF}${CRLF}`
      this.#file(part, this.#rules.files.get(base) ?? 'file', slot)
    }
    this.#source += CRLF
  }

  end(): Form {
    const source = `${this.#source}--${this.#boundary}--${CRLF}`
    const binaries = this.#binaries
    return {
      walk: { source, leaves: this.#into.leaves, notes: this.#into.notes, form: true },
      contentType: `multipart/form-data; boundary=${this.#boundary}`,
      assemble: edited => {
        const pieces = edited.split('\0')
        return Buffer.concat(
          pieces.map((piece, at) =>
            at % 2 === 0 ? Buffer.from(piece) : (binaries[Number(piece)] ?? Buffer.alloc(0))
          )
        )
      }
    }
  }

  #isKnown(base: string): boolean {
    return this.#rules.fields.has(base) || this.#rules.files.has(base)
  }

  /** @throws errors.BodyNotForm */
  #field({ body }: FormPart, shape: Shape, slot: Slot): void {
    if (!isUtf8(body) || body.includes(0)) throw new errors.BodyNotForm('a field that is no text')
    this.#source += CRLF
    const start = this.#source.length
    const value = body.toString('utf8')
    const rule = shape.string ?? 'unknown'
    if (rule === 'skip' || (rule === 'enum' && wireWord.test(value))) this.#source += value
    else this.#leaf(rule === 'enum' || rule === 'media' ? 'unknown' : rule, value, slot)
    if (shape.note !== undefined) this.#note(shape.note, slot, start)
  }

  #file({ body, filename, type }: FormPart, kind: FileKind, slot: Slot): void {
    const format = kind === 'document' ? (this.#format ?? formatOf(filename ?? '', type)) : null
    const start = this.#source.length
    if (format !== null && isUtf8(body) && !body.includes(0)) {
      this.#into.base = start
      this.#source += format.read(body.toString('utf8'), this.#into)
      return
    }
    this.#source += `\0${this.#binaries.push(body) - 1}\0`
    this.#note(kind === 'document' ? 'file' : kind, slot, start)
  }

  #leaf(kind: LeafKind, text: string, slot: Slot): void {
    const map = new SourceMap(this.#source.length, null, null, null)
    if (text !== '') this.#into.leaves.push({ kind, text, label: slot.label, map, levels: 0, slot })
    this.#source += text
  }

  #note(tag: string, slot: Slot, start: number): void {
    this.#into.notes.push({ tag, slot, start, end: this.#source.length })
  }
}

const ROOT = { slot: { frame: null, key: '', known: true, label: '' }, index: -1 } as const

/** A boundary that stands in no part. */
function freeBoundary(parts: readonly FormPart[]): string {
  for (let number = 0; ; number++) {
    const boundary = `schleuse-${number.toString(36).padStart(20, '-')}`
    if (
      !parts.some(
        ({ body, name, filename }) =>
          body.includes(boundary) || name.includes(boundary) || filename?.includes(boundary) === true
      )
    )
      return boundary
  }
}
