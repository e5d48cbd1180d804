import { csv } from './csv.ts'
import type { DocumentFormat } from './document.ts'
import { json, jsonLines } from './json.ts'
import { mail } from './mail.ts'
import { text } from './text.ts'

/** All formats of documents that can be read. */
export const documentFormats: readonly DocumentFormat[] = [text, csv, json, jsonLines, mail]

/**
 * The format of a file, by the end of its name, else by its media type; null when it is none that can be read.
 * @param name attacker-controlled
 */
export function formatOf(name: string, type: string | null): DocumentFormat | null {
  const extension = /\.([A-Za-z0-9]{1,12})$/.exec(name)?.[1]?.toLowerCase()
  const byName = documentFormats.find(
    ({ extensions }) => extension !== undefined && extensions.includes(extension)
  )
  if (byName !== undefined) return byName
  if (extension !== undefined && type === 'application/octet-stream') return null
  return documentFormats.find(({ types }) => type !== null && types.includes(type)) ?? null
}
