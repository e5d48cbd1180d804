import { loadPolicy } from '../config-policy.ts'
import { buildAnalyzer } from '../filters/analyzer.ts'
import type { Match, NoMatch, Recognizer } from '../filters/recognizer.ts'
import { table } from './table.ts'

/** What a list shows of a recognizer. */
interface Listed {
  readonly id: string
  readonly types: readonly string[]
  /** Null: on whatever countries the policy chooses. */
  readonly countries: readonly string[] | null
  readonly source: string
  readonly examples: { readonly match: readonly string[]; readonly noMatch: readonly string[] }
}

/** What is on under a policy: as a table, or as one JSON document. */
export function listRecognizers(policyFile: string, json: boolean): string {
  const { detection } = loadPolicy(policyFile)
  const listed = buildAnalyzer({ custom: detection }).recognizers.map(listedOf)
  if (json) return `${JSON.stringify(listed, null, 2)}\n`
  const rows = listed.map(({ id, types, countries, source }) => [
    id,
    types.join(' '),
    countries === null ? '-' : countries.join(' '),
    source
  ])
  return table([['id', 'types', 'countries', 'source'], ...rows])
}

function listedOf({ id, types, countries, source, examples }: Recognizer): Listed {
  return {
    id,
    types,
    countries: countries ?? null,
    source,
    examples: { match: examples.match.map(textOf), noMatch: examples.noMatch.map(textOf) }
  }
}

function textOf(example: string | Match | NoMatch): string {
  return typeof example === 'string' ? example : example.text
}
