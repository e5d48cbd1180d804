import type { Cell, ExportColumn, ExportRow, Language, Provenance, Text } from '../export.ts'
import { type Gap, GapCount } from '../gaps.ts'
import { lawOf, pieces, type ExportFormat, type Filled } from './format.ts'
import { hyphenated, styleOf } from './html-style.ts'
import { sourceOf } from './sources.ts'
import { inWords } from './words.ts'

/** Words of the page. */
const WORDS = {
  period: { en: 'Period', de: 'Zeitraum' },
  law: { en: 'Asked for by', de: 'Verlangt von' },
  rows: { en: 'Rows', de: 'Zeilen' },
  created: { en: 'Made on', de: 'Erstellt am' },
  gaps: { en: 'What is missing', de: 'Was fehlt' },
  none: { en: 'Nothing is missing.', de: 'Es fehlt nichts.' },
  inRow: { en: 'row', de: 'Zeile' },
  inRows: { en: 'rows', de: 'Zeilen' },
  provenance: { en: 'Where the cells come from', de: 'Woher die Angaben stammen' },
  nothing: { en: 'Nothing in this period.', de: 'Nichts in diesem Zeitraum.' }
} as const satisfies Readonly<Record<string, Text>>

const PROVENANCE: Readonly<Record<Provenance, Text>> = {
  observed: { en: 'observed in traffic', de: 'im Verkehr beobachtet' },
  declared: { en: 'declared by the operator', de: 'vom Betreiber angegeben' },
  derived: { en: 'derived', de: 'abgeleitet' },
  missing: { en: 'missing', de: 'fehlt' }
}

/** For the screen and for paper. */
export const html: ExportFormat = {
  name: 'html',
  extension: 'html',
  contentType: 'text/html; charset=utf-8',
  async *write(filled, language) {
    const { record } = filled
    const title = escaped(record.title[language])
    const foot = `${record.title[language]}, ${filled.from} – ${filled.to}`
    yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${styleOf(foot, language)}</style></head><body>
<h1>${title}</h1>
${facts(filled, language)}
`
    const gaps = new GapCount(record.columns)
    yield* body(filled, language, gaps)
    yield `<h2>${WORDS.gaps[language]}</h2>
${gapList(gaps.gaps, language)}
<h2>${WORDS.provenance[language]}</h2>
${sources(record.columns, language)}
</body></html>
`
  }
}

function facts({ record, rows, from, to, createdMs }: Filled, language: Language): string {
  const lines = [
    [WORDS.period, `${from} – ${to} (UTC)`],
    [WORDS.law, lawOf(record, language)],
    [WORDS.rows, rows.length.toLocaleString(language)],
    [WORDS.created, `${new Date(createdMs).toISOString().slice(0, 16).replace('T', ' ')} (UTC)`]
  ] as const
  return `<dl>${lines.map(([name, value]) => `<dt>${name[language]}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`
}

/** More columns than fit on a sheet of paper: each row is a card then. */
const MAX_TABLE_COLUMNS = 15
/** More than that stand in smaller type. */
const MANY_COLUMNS = 9

async function* body(filled: Filled, language: Language, gaps: GapCount): AsyncGenerator<string> {
  const { rows, record } = filled
  if (rows.length === 0) {
    yield `<p>${WORDS.nothing[language]}</p>\n`
    return
  }
  const asCards = record.columns.length > MAX_TABLE_COLUMNS
  const head = record.columns
    .map(({ title }) => `<th scope="col">${escaped(hyphenated(title[language]))}</th>`)
    .join('')
  const many = record.columns.length > MANY_COLUMNS ? ' class="many"' : ''
  if (!asCards) yield `<div class="wide"><table${many}><thead><tr>${head}</tr></thead><tbody>\n`
  for await (const piece of pieces(filled)) {
    for (const row of piece) gaps.add(row)
    yield piece
      .map(row => (asCards ? card(row, record.columns, language) : tr(row, record.columns, language)))
      .join('')
  }
  if (!asCards) yield '</tbody></table></div>\n'
}

function tr(row: ExportRow, columns: readonly ExportColumn[], language: Language): string {
  const cells = row.map((cell, at) => {
    const { text, names } = shown(cell, columns[at], language)
    return `<td class="${names}">${text}</td>`
  })
  return `<tr>${cells.join('')}</tr>\n`
}

function card(row: ExportRow, columns: readonly ExportColumn[], language: Language): string {
  const cells = row.map((cell, at) => {
    const { text, names } = shown(cell, columns[at], language)
    return `<div><dt>${escaped(columns[at]?.title[language] ?? '')}</dt><dd class="${names}">${text}</dd></div>`
  })
  return `<section><dl class="card">${cells.join('')}</dl></section>\n`
}

const DAY = /^\d{4}-\d\d(-\d\d)?$/
const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{3}Z$/
/** Longest value without a blank that a narrow column holds in one line. */
const LONG_CHARS = 24

function shown(
  { value, provenance }: Cell,
  column: ExportColumn | undefined,
  language: Language
): { text: string; names: string } {
  if (value === null) return { text: PROVENANCE.missing[language], names: provenance }
  if (typeof value === 'number')
    return { text: value.toLocaleString(language, placesOf(column)), names: `${provenance} number` }
  const text = inWords(column?.name ?? '', value, language)
  const more = DAY.test(text) ? ' day' : text.length > LONG_CHARS && !text.includes(' ') ? ' long' : ''
  return { text: breakable(escaped(text.replace(TIME, '$1 $2'))), names: `${provenance}${more}` }
}

/** Shares stand below each other: all with one decimal place, or more. */
function placesOf(column: ExportColumn | undefined): Intl.NumberFormatOptions {
  return column?.kind === 'decimal' ? { minimumFractionDigits: 1 } : {}
}

/** Codes may break behind their underscores, addresses behind their sign. */
function breakable(text: string): string {
  return text.replace(/[_@]/g, '$&<wbr>')
}

function gapList(found: readonly Gap[], language: Language): string {
  if (found.length === 0) return `<p>${WORDS.none[language]}</p>`
  const items = found.map(
    ({ title, rows, text }) =>
      `<dt>${escaped(title[language])} (${rows.toLocaleString(language)} ${WORDS[rows === 1 ? 'inRow' : 'inRows'][language]})</dt><dd>${escaped(text[language])}</dd>`
  )
  return `<dl class="gaps">${items.join('')}</dl>`
}

/** What the colours mean, and where each column comes from. */
function sources(columns: readonly ExportColumn[], language: Language): string {
  const legend = Object.entries(PROVENANCE).map(
    ([name, text]) => `<td class="${name}">${text[language]}</td>`
  )
  const items = columns.map(
    ({ title, source }) =>
      `<dt>${escaped(title[language])}</dt><dd>${escaped(sourceOf(source, language))}</dd>`
  )
  return `<table class="legend"><tr>${legend.join('')}</tr></table><dl class="sources">${items.join('')}</dl>`
}

/** Values come from records, whose charset is narrow; a trail that was tampered with may hold anything. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
