import { csv, csvDe } from './csv.ts'
import type { ExportFormat } from './format.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { xlsx } from './xlsx.ts'

/** Every way a record leaves as a file. Adding one: its file and one line here. */
export const FORMATS: readonly ExportFormat[] = [csv, csvDe, json, xlsx, html]
