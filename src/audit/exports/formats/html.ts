import type { Cell, ExportColumn, ExportRow, Language, Provenance, Text } from '../export.ts'
import { type Gap, GapCount } from '../gaps.ts'
import { lawOf, pieces, type ExportFormat, type Filled } from './format.ts'

/** Words of the page. */
const WORDS = {
  period: { en: 'Period', de: 'Zeitraum' },
  law: { en: 'Asked for by', de: 'Verlangt von' },
  rows: { en: 'Rows', de: 'Zeilen' },
  gaps: { en: 'What is missing', de: 'Was fehlt' },
  none: { en: 'Nothing is missing.', de: 'Es fehlt nichts.' },
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

const ANSWERS: ReadonlyMap<string, Text> = new Map([
  ['true', { en: 'yes', de: 'ja' }],
  ['false', { en: 'no', de: 'nein' }]
])

/** For the screen and for paper; asks nothing of the network and runs no script. */
const STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem; color: #1a1a1a }
h1 { font-size: 1.5rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.5rem }
dt { color: #555 } dd { margin: 0 }
table { border-collapse: collapse; width: 100% } caption { text-align: left }
th, td { border: 1px solid #c8c8c8; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; hyphens: auto }
th { background: #f0f0f0 } td.number { text-align: right; font-variant-numeric: tabular-nums }
.derived { font-style: italic } .observed { background: #f4f9f4 }
.missing { background: repeating-linear-gradient(45deg, #fff3f0 0 6px, #ffe3dc 6px 12px) }
.card { grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0; border: 1px solid #c8c8c8; padding: .3rem; break-inside: avoid }
.card div { padding: .2rem .4rem } .card dt { font-size: .8em } .card dd { min-height: 1.3em; overflow-wrap: anywhere }
.wide { overflow-x: auto } .legend { width: auto; margin-bottom: 1rem } .sources { font-size: .9em }
@media print { .wide { overflow: visible } th, td { overflow-wrap: anywhere } body { margin: 0; font-size: 9pt } thead { display: table-header-group } tr { break-inside: avoid }
  @page { size: A4 landscape; margin: 12mm } }
`

export const html: ExportFormat = {
  name: 'html',
  extension: 'html',
  contentType: 'text/html; charset=utf-8',
  async *write(filled, language) {
    const { record } = filled
    const title = escaped(record.title[language])
    yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head><body>
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

function facts({ record, rows, from, to }: Filled, language: Language): string {
  const lines = [
    [WORDS.period, `${from} – ${to} (UTC)`],
    [WORDS.law, lawOf(record, language)],
    [WORDS.rows, String(rows.length)]
  ] as const
  return `<dl>${lines.map(([name, value]) => `<dt>${name[language]}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`
}

/** More columns than fit on a sheet of paper: each row is a card then. */
const MAX_TABLE_COLUMNS = 15

async function* body(filled: Filled, language: Language, gaps: GapCount): AsyncGenerator<string> {
  const { rows, record } = filled
  if (rows.length === 0) {
    yield `<p>${WORDS.nothing[language]}</p>\n`
    return
  }
  const asCards = record.columns.length > MAX_TABLE_COLUMNS
  const head = record.columns.map(({ title }) => `<th scope="col">${escaped(title[language])}</th>`).join('')
  if (!asCards) yield `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n`
  for await (const piece of pieces(filled)) {
    for (const row of piece) gaps.add(row)
    yield piece.map(row => (asCards ? card(row, record.columns, language) : tr(row, language))).join('')
  }
  if (!asCards) yield '</tbody></table></div>\n'
}

function tr(row: ExportRow, language: Language): string {
  const cells = row.map(cell => {
    const { text, names } = shown(cell, language)
    return `<td class="${names}">${text}</td>`
  })
  return `<tr>${cells.join('')}</tr>\n`
}

function card(row: ExportRow, columns: readonly ExportColumn[], language: Language): string {
  const cells = row.map((cell, at) => {
    const { text, names } = shown(cell, language)
    return `<div><dt>${escaped(columns[at]?.title[language] ?? '')}</dt><dd class="${names}">${text}</dd></div>`
  })
  return `<section><dl class="card">${cells.join('')}</dl></section>\n`
}

function shown({ value, provenance }: Cell, language: Language): { text: string; names: string } {
  const isNumber = typeof value === 'number'
  const text = isNumber
    ? value.toLocaleString(language)
    : spelled(value ?? PROVENANCE.missing[language], language)
  return { text, names: `${provenance}${isNumber ? ' number' : ''}` }
}

/** Yes and no in words; codes may break behind their underscores. */
function spelled(value: string, language: Language): string {
  const word = ANSWERS.get(value)
  return word === undefined ? escaped(value).replaceAll('_', '_<wbr>') : word[language]
}

function gapList(found: readonly Gap[], language: Language): string {
  if (found.length === 0) return `<p>${WORDS.none[language]}</p>`
  const items = found.map(
    ({ title, rows, text }) =>
      `<dt>${escaped(title[language])} (${rows} ${WORDS.inRows[language]})</dt><dd>${escaped(text[language])}</dd>`
  )
  return `<dl>${items.join('')}</dl>`
}

/** What the colours mean, and where each column comes from. */
function sources(columns: readonly ExportColumn[], language: Language): string {
  const legend = Object.entries(PROVENANCE).map(
    ([name, text]) => `<td class="${name}">${text[language]}</td>`
  )
  const items = columns.map(
    ({ title, source }) => `<dt>${escaped(title[language])}</dt><dd>${escaped(source)}</dd>`
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
