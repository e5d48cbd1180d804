import { isUtf8 } from 'node:buffer'
import { errors } from '../errors.ts'
import { type ByteSource, bytesOf, isText } from './byte-source.ts'
import type { DocumentFormat } from './documents/document.ts'
import { formatOf } from './documents/index.ts'
import type { Shape } from './json/shape.ts'
import { SourceMap } from './json/source-map.ts'
import { type Leaf, type Note, type Slot, type Walk, wireWord } from './json/walker.ts'
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

/** A form as it leaves: its names and fields in one source, the content of its files apart from them. */
export interface Form {
  readonly body: ByteSource
  readonly walk: Walk
  readonly contentType: string
  readonly files: readonly FormFile[]
  /** The form after edits of the source: its pieces in order, files by their place in `files`. */
  assemble(edited: string): readonly (Buffer | number)[]
}

/** The content of a file. */
export interface FormFile {
  /** [start, end) of the body. */
  readonly start: number
  readonly end: number
  /** Null for what can't be read as text. */
  readonly format: DocumentFormat | null
}

const CRLF = '\r\n'

/**
 * Reads a form and writes it anew: own boundary, disposition and type of each part, nothing else of its headers.
 * @param body attacker-controlled
 * @param maxFieldBytes of all fields that are no files
 * @throws errors.BodyNotForm, BodyTooLarge
 */
export async function walkForm(
  body: ByteSource,
  boundary: string,
  rules: FormRules,
  maxFieldBytes: number
): Promise<Form> {
  const { parts, digest } = await readForm(body, boundary)
  const fields = new Map<FormPart, string>()
  let read = 0
  for (const part of parts) {
    if (part.filename !== null) continue
    read += part.end - part.start
    if (read > maxFieldBytes) throw new errors.BodyTooLarge(String(maxFieldBytes))
    const value = await bytesOf(body, part.start, part.end)
    if (!isUtf8(value) || value.includes(0)) throw new errors.BodyNotForm('a field that is no text')
    // readers disagree on which of two counts, as with keys of JSON
    if (!part.name.endsWith('[]') && [...fields.keys()].some(({ name }) => name === part.name))
      throw new errors.BodyNotForm('a field that stands twice')
    fields.set(part, value.toString('utf8'))
  }
  const valueOf = (field: string) => [...fields].find(([part]) => part.name === field)?.[1]
  const own = rules.format?.(valueOf) ?? null
  const writer = new FormWriter(rules, `schleuse-${digest.slice(0, 32)}`)
  for (const part of parts) {
    const value = fields.get(part)
    if (value === undefined) writer.addFile(part, await fileOf(body, part, rules, own))
    else writer.addField(part, value)
  }
  return { body, ...writer.end() }
}

async function fileOf(
  body: ByteSource,
  { name, filename, type, start, end }: FormPart,
  rules: FormRules,
  own: DocumentFormat | null
): Promise<FormFile> {
  const isDocument = rules.files.get(fieldOf(name)) === 'document'
  const format = isDocument ? (own ?? formatOf(filename ?? '', type)) : null
  const isReadable = format !== null && (await isText(body, start, end))
  return { start, end, format: isReadable ? format : null }
}

/** `include[]`, `expires_after[seconds]`: the name of the field. */
function fieldOf(name: string): string {
  return name.replace(/\[.*$/s, '')
}

class FormWriter {
  readonly #rules: FormRules
  readonly #boundary: string
  readonly #files: FormFile[] = []
  readonly #leaves: Leaf[] = []
  readonly #notes: Note[] = []
  #source = ''

  constructor(rules: FormRules, boundary: string) {
    this.#rules = rules
    this.#boundary = boundary
  }

  addField(part: FormPart, value: string): void {
    const slot = this.#head(part)
    this.#source += `"${CRLF}${CRLF}`
    const shape = this.#rules.fields.get(String(slot.key)) ?? {}
    const start = this.#source.length
    const rule = shape.string ?? 'unknown'
    if (rule === 'skip' || (rule === 'enum' && wireWord.test(value))) this.#source += value
    else this.#leaf(rule === 'enum' || rule === 'media' ? 'unknown' : rule, value, slot)
    if (shape.note !== undefined) this.#note(shape.note, slot, start)
    this.#source += CRLF
  }

  addFile(part: FormPart, file: FormFile): void {
    const { filename, type } = part
    const slot = this.#head(part)
    this.#source += '"; filename="'
    this.#leaf('identifier', quotedName(filename ?? ''), { ...slot, label: 'filename' })
    const written =
      type !== null && /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type : 'application/octet-stream'
    this.#source += `"${CRLF}Content-Type: ${written}${CRLF}${CRLF}`
    const start = this.#source.length
    this.#source += `\0${this.#files.push(file) - 1}\0`
    const kind = this.#rules.files.get(String(slot.key)) ?? 'file'
    if (file.format === null) this.#note(kind === 'document' ? 'file' : kind, slot, start)
    this.#source += CRLF
  }

  end(): Omit<Form, 'body'> {
    const source = `${this.#source}--${this.#boundary}--${CRLF}`
    return {
      walk: { source, leaves: this.#leaves, notes: this.#notes, form: true },
      contentType: `multipart/form-data; boundary=${this.#boundary}`,
      files: this.#files,
      assemble: edited => {
        const pieces = edited.split('\0')
        return pieces.map((piece, at) => (at % 2 === 0 ? Buffer.from(piece) : Number(piece)))
      }
    }
  }

  /** Writes what stands before the content of a part, up to the name. */
  #head({ name }: FormPart): Slot {
    const base = fieldOf(name)
    const slot: Slot = { frame: ROOT, key: base, known: this.#isKnown(base), label: base }
    this.#source += `--${this.#boundary}${CRLF}Content-Disposition: form-data; name="`
    if (slot.known && /^[\w.[\]]{1,100}$/.test(name)) this.#source += name
    else this.#leaf('fixed', quotedName(name), { ...slot, known: false })
    return slot
  }

  #isKnown(base: string): boolean {
    return this.#rules.fields.has(base) || this.#rules.files.has(base)
  }

  #leaf(kind: LeafKind, text: string, slot: Slot): void {
    const map = new SourceMap(this.#source.length, null, null, null)
    if (text !== '') this.#leaves.push({ kind, text, label: slot.label, map, levels: 0, slot })
    this.#source += text
  }

  #note(tag: string, slot: Slot, start: number): void {
    this.#notes.push({ tag, slot, start, end: this.#source.length })
  }
}

const ROOT = { slot: { frame: null, key: '', known: true, label: '' }, index: -1 } as const
