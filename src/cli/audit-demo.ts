import { writeFileSync } from 'node:fs'
import { FROM, TO } from '../audit/exports/demo/company.ts'
import { openDemo } from '../audit/exports/demo/index.ts'
import type { Language } from '../audit/exports/export.ts'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import { writeBundle } from '../audit/exports/questions/bundle.ts'
import { QUESTIONS } from '../audit/exports/questions/index.ts'
import { fill } from '../audit/exports/run.ts'
import { canonicalHash } from '../core/canonical-json.ts'
import { fileOf } from './audit-export.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface DemoOptions {
  readonly kind: 'exports' | 'questions'
  readonly name: string
  /** ISO dates; empty: the whole sample. */
  readonly from: string
  readonly to: string
  readonly format: string
  readonly language: string
  readonly out: string | undefined
}

/**
 * Any record or question, filled from the sample records that are shipped: no gateway, no config, and nothing is recorded.
 * @throws UsageError
 */
export async function demoRecord(options: DemoOptions): Promise<Report> {
  const { kind, name, format: asked } = options
  const question = kind === 'questions' ? QUESTIONS.find(one => one.name === name) : undefined
  const record = question ?? (kind === 'exports' ? EXPORTS.find(one => one.name === name) : undefined)
  if (record === undefined) throw new UsageError(`There is no ${name}; without a name all are listed.`)
  const formats = [...FORMATS, ...(record.formats ?? [])]
  const format = formats.find(one => one.name === asked)
  const isBundle = question !== undefined && asked === 'bundle'
  if (format === undefined && !isBundle) {
    const names = [...formats.map(one => one.name), ...(question === undefined ? [] : ['bundle'])]
    throw new UsageError(`${name} has no format ${asked}; it has ${names.join(', ')}.`)
  }
  const [from, to] = [options.from || FROM, options.to || TO]
  const demo = await openDemo()
  try {
    const filled = await fill(record, demo.source, from, to).catch((cause: unknown) => {
      if (cause instanceof RangeError) throw new UsageError(cause.message, { cause })
      throw cause
    })
    if (format === undefined && question !== undefined) {
      const hash = canonicalHash({ export: name, from, to })
      const zip = await writeBundle(question, filled, demo.source.observed, demo.trail, hash)
      return written(fileOf(options.out, `${name}_${from}_${to}.zip`), zip, filled.rows.length)
    }
    const pieces: (string | Uint8Array)[] = []
    if (format !== undefined)
      for await (const piece of format.write(filled, languageOf(options.language))) pieces.push(piece)
    const isText = pieces.every(piece => typeof piece === 'string')
    if (options.out === undefined && isText) return { text: pieces.join(''), code: 0 }
    const named = `${format?.fileName?.(filled) ?? `${name}_${from}_${to}`}.${format?.extension}`
    const bytes = Buffer.concat(pieces.map(piece => Buffer.from(piece)))
    return written(fileOf(options.out, named), bytes, filled.rows.length)
  } finally {
    await demo.close()
  }
}

function written(file: string, bytes: Uint8Array, rows: number): Report {
  writeFileSync(file, bytes)
  return { text: `${file}: ${rows} rows\n`, code: 0 }
}

function languageOf(language: string): Language {
  if (language !== 'de' && language !== 'en') throw new UsageError('--lang must be de or en.')
  return language
}
