import { randomUUID } from 'node:crypto'
import { createWriteStream, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import { QUESTIONS } from '../audit/exports/questions/index.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { UsageError } from './usage-error.ts'

export interface ExportOptions {
  readonly kind: 'exports' | 'questions'
  readonly name: string
  /** ISO dates, both included. */
  readonly from: string
  readonly to: string
  readonly format: string
  readonly language: string
  /** A file, or a folder in which it takes the name it should have; left out, a text is printed. */
  readonly out: string | undefined
  /** Of the running gateway, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Of an auditor; left out where the gateway serves this machine only. */
  readonly token: string | undefined
  /** Where is said how far it is. */
  readonly progress: NodeJS.WritableStream
}

/** What there is to export. */
export function listExports(): Report {
  const rows = EXPORTS.map(({ name, law, title, formats = [] }) => [
    name,
    law,
    [title.en, ...formats.map(format => `also --format ${format.name}`)].join('; ')
  ])
  return { text: `${table(rows)}formats: ${FORMATS.map(({ name }) => name).join(', ')}\n`, code: 0 }
}

/** The questions that auditors begin with. */
export function listQuestions(): Report {
  const rows = QUESTIONS.map(({ name, question, law }) => [name, question.en, law])
  return { text: `${table(rows)}formats: ${FORMATS.map(({ name }) => name).join(', ')}, bundle\n`, code: 0 }
}

/**
 * Asks the running gateway for a record: it holds the index, and puts on the trail that the record was taken.
 * @throws UsageError when the gateway does not answer or refuses
 */
export async function exportRecord(options: ExportOptions): Promise<Report> {
  const { kind, name, from, to, format, language, origin, token, progress } = options
  const id = randomUUID()
  const query = new URLSearchParams({ from, to, format, lang: language, progress: id })
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const watching = watch(`${origin}/audit/progress/${id}`, headers, progress)
  try {
    const response = await fetch(`${origin}/audit/${kind}/${encodeURIComponent(name)}?${query.toString()}`, {
      headers
    }).catch((cause: unknown) => {
      throw new UsageError(`No gateway answers at ${origin}: start it, or name it with --url.`, { cause })
    })
    if (!response.ok)
      throw new UsageError(`The gateway refused with ${response.status}: ${messageOf(await response.text())}`)
    return await received(response, options.out)
  } finally {
    clearInterval(watching)
  }
}

/** How often the gateway is asked how far it is. */
const WATCH_MS = 2000

/** Says how far a long export is; short ones are over before the first question. */
function watch(
  url: string,
  headers: Record<string, string>,
  progress: NodeJS.WritableStream
): NodeJS.Timeout {
  return setInterval(() => {
    fetch(url, { headers })
      .then(response => response.json())
      .then((answer: unknown) => {
        const { state, questions, rows, bytes } = answer as Record<string, string | number | null>
        if (state === 'reading') progress.write(`reading: ${questions} questions answered\n`)
        if (state === 'writing') progress.write(`writing: ${bytes} bytes of ${rows} rows\n`)
      })
      // the export itself says what is wrong
      .catch(() => undefined)
  }, WATCH_MS).unref()
}

async function received(response: Response, out: string | undefined): Promise<Report> {
  const type = response.headers.get('content-type') ?? ''
  const isText = /^text\/|^application\/json/.test(type)
  if (out === undefined && isText) return { text: await response.text(), code: 0 }
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const file = fileOf(out, basename(named ?? 'export'))
  if (response.body !== null) await pipeline(Readable.fromWeb(response.body), createWriteStream(file))
  return { text: `${file}: ${response.headers.get('x-schleuse-rows')} rows\n`, code: 0 }
}

/** @param name the file should have */
export function fileOf(out: string | undefined, name: string): string {
  if (out === undefined) return name
  return statSync(out, { throwIfNoEntry: false })?.isDirectory() === true ? join(out, name) : out
}

function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } }
    return error?.message ?? text
  } catch {
    return text.slice(0, 500)
  }
}
