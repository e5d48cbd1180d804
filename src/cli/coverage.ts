import { UsageError } from './usage-error.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { coverageOf, type EndpointCoverage, type FieldCoverage } from '../dialects/coverage.ts'
import { dialects } from '../dialects/index.ts'

const begin = '<!-- coverage: begin -->'
const end = '<!-- coverage: end -->'

/** The coverage table in Markdown, made from the field maps. */
export function coverageMarkdown(): string {
  const endpoints = coverageOf(dialects)
  const covered = endpoints.filter(endpoint => endpoint.covered)
  const refused = endpoints.filter(endpoint => !endpoint.covered)
  const alike = [...Map.groupBy(covered, ({ request, answer }) => JSON.stringify([request, answer])).values()]
  return [
    ...alike.flatMap((group, at) => table(group, alike.slice(0, at))),
    `**Refused** with 501 until covered: ${refused.map(({ endpoint }) => `\`${endpoint}\``).join(', ')}, and every other path.`
  ].join('\n')
}

/** The readme with the table of today between its markers. */
export function withCoverage(readme: string): string {
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new UsageError(`the readme must hold the lines ${begin} and ${end}`)
  return `${readme.slice(0, from + begin.length)}\n\n${coverageMarkdown()}\n\n${readme.slice(to)}`
}

/** Writes the table into a readme, or prints it. */
export function runCoverage(readme: string | undefined): void {
  if (readme === undefined) process.stdout.write(`${coverageMarkdown()}\n`)
  else writeFileSync(readme, withCoverage(readFileSync(readme, 'utf8')))
}

/** One table for endpoints with the same maps; an answer that an earlier table shows is not shown again. */
function table(
  group: readonly EndpointCoverage[],
  before: readonly (readonly EndpointCoverage[])[]
): string[] {
  const [{ request, answer } = { request: [], answer: [] }] = group
  const same = before.find(([other]) => JSON.stringify(other?.answer) === JSON.stringify(answer))?.[0]
  const answers =
    same === undefined ? rowsOf('answer', answer) : [`| answer | restored | as \`${same.endpoint}\` |`]
  const title = group.map(({ endpoint }) => `**\`${endpoint}\`**`).join(', ')
  return [
    title,
    '',
    '| | treatment | fields |',
    '|---|---|---|',
    ...rowsOf('request', request),
    ...answers,
    ''
  ]
}

function rowsOf(direction: string, fields: readonly FieldCoverage[]): string[] {
  const byTreatment = Map.groupBy(fields, field => field.treatment)
  byTreatment.delete('structural')
  return [...byTreatment]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([treatment, fields]) =>
        `| ${direction} | ${treatment} | ${fields.map(({ field }) => `\`${field}\``).join(' ')} |`
    )
}
