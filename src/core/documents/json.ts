import { isPublicError } from '../../errors.ts'
import { FREE } from '../json/shape.ts'
import type { DocumentFormat, DocumentTexts } from './document.ts'

/** One JSON document (RFC 8259). What is none is read as text. */
export const json: DocumentFormat = {
  extensions: ['json'],
  types: ['application/json'],
  read: (text, into) => {
    readJson(text, 0, into)
    return text
  }
}

/** A JSON document per line. */
export const jsonLines: DocumentFormat = {
  extensions: ['jsonl', 'ndjson'],
  types: ['application/jsonl', 'application/x-ndjson', 'application/jsonlines'],
  read: (text, into) => {
    for (const { line, at } of linesOf(text)) readJson(line, at, into)
    return text
  }
}

/** The lines of a text that hold something, and where they begin. */
export function* linesOf(text: string): Generator<{ readonly line: string; readonly at: number }> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    if (line.trim() !== '') yield { line, at }
    if (end < 0) return
    at = end + 1
  }
}

function readJson(source: string, at: number, into: DocumentTexts): void {
  const kept = into.leaves.length
  try {
    into.json(source, at, FREE)
  } catch (error) {
    if (!isPublicError(error)) throw error
    into.leaves.length = kept
    into.text(source, at)
  }
}
