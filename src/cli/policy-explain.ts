import { loadPolicy } from '../config-policy.ts'
import { buildAnalyzer } from '../filters/analyzer.ts'
import { findFlags } from '../filters/flags/index.ts'
import { createPolicy } from '../policy.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'

/**
 * What a policy does with a text as the content of a user's message, finding by finding, and which line of the file says so.
 * Never quotes the text: a finding is named by its place.
 * @param endpoint its name in records; rules of `fields` for certain fields are not asked, a text has none
 * @throws ConfigError when the file has problems
 */
export function explainPolicy(file: string, text: string, endpoint: string): Report {
  const { policy: source, detection } = loadPolicy(file)
  const policy = createPolicy(source)
  const leaf = {
    kind: 'text',
    text,
    label: 'content',
    slot: { frame: null, key: '', known: true, label: 'content' }
  } as const
  const rules = policy.request(endpoint)
  const found = buildAnalyzer({ custom: detection }).analyze([leaf])[0] ?? []
  const counted = found.filter(({ type, score }) => score >= rules.thresholdFor(type, leaf))
  const flags = [...new Set(findFlags([leaf], [counted]).map(({ category }) => category))]
  const rows = found.map(({ start, end, type, score }) => {
    const threshold = rules.thresholdFor(type, leaf)
    const counts = score >= threshold
    const operator = counts ? rules.operatorFor(type, leaf) : 'does not count'
    return [
      `${start}-${end}`,
      type,
      score.toFixed(2),
      threshold.toFixed(2),
      operator,
      counts ? rules.operatorKey(type, leaf) : 'thresholds'
    ]
  })
  const blocking = counted.find(({ type }) => rules.operatorFor(type, leaf) === 'block')?.type
  const flagged = flags.find(flag => policy.flagAction(flag) === 'block')
  const refused = blocking ?? flagged
  const head = `${source.id} version ${source.version}: ${refused === undefined ? 'sent' : `refused for ${refused}`}\n`
  const findings =
    rows.length === 0 ? 'no findings\n' : table([['at', 'type', 'score', 'from', 'operator', 'by'], ...rows])
  const shown = flags.map(flag => `flag ${flag}: ${policy.flagAction(flag)}\n`)
  return { text: `${head}\n${findings}${shown.join('')}`, code: refused === undefined ? 0 : 1 }
}
