import { loadPolicy } from '../config-policy.ts'
import { buildAnalyzerOf } from '../filters/analyzer.ts'
import type { Match, NoMatch, Recognizer } from '../filters/recognizer.ts'
import { createPolicy, type Policy } from '../policy.ts'
import type { Report } from './report.ts'

/**
 * Checks a policy file as a start would.
 * @throws ConfigError with all problems at once
 */
export function checkPolicy(file: string): Report {
  const { policy, detection } = loadPolicy(file)
  const { id, version, hash } = createPolicy(policy)
  const rules = detection.recognizers.length
  const text = `${file}: policy ${id} version ${version} is valid (${rules} rules of its own)\n${hash}\n`
  return { text, code: 0 }
}

/**
 * Runs the examples of each rule on that rule alone: something in each `match` must be found, with the score that the
 * policy asks for, and nothing in each `noMatch`. A rule without examples is told, but is no failure.
 * @throws ConfigError when the file has problems
 */
export function testPolicy(file: string): Report {
  const { policy: source, detection } = loadPolicy(file)
  const policy = createPolicy(source)
  const lines: string[] = []
  let failed = 0
  for (const recognizer of detection.recognizers.filter(({ id }) => id.startsWith('rule-'))) {
    const { match, noMatch } = recognizer.examples
    const faults = faultsOf(recognizer, policy)
    failed += faults.length
    const count = match.length + noMatch.length
    const state =
      count === 0 ? 'no examples' : faults.length === 0 ? 'ok' : `${faults.length} of ${count} failed`
    lines.push(`${recognizer.id.slice('rule-'.length)}: ${state}`, ...faults.map(fault => `  ${fault}`))
  }
  if (lines.length === 0) lines.push(`${file}: no rules`)
  return { text: `${lines.join('\n')}\n`, code: failed > 0 ? 1 : 0 }
}

/** Examples are the author's own and are named by their place. */
function faultsOf(recognizer: Recognizer, policy: Policy): string[] {
  const analyzer = buildAnalyzerOf([recognizer])
  const best = (example: string | Match | NoMatch): number => {
    const text = typeof example === 'string' ? example : example.text
    const [found = []] = analyzer.analyze([{ kind: 'text', text, label: '' }])
    return Math.max(0, ...found.map(({ score }) => score))
  }
  const threshold = policy.thresholdFor(recognizer.types[0] ?? '')
  const missed = recognizer.examples.match.flatMap((example, at) => {
    const score = best(example)
    if (score > 0 && score >= threshold) return []
    const why = score > 0 ? `score ${score} is below the threshold ${threshold}` : 'nothing was found'
    return [`examples.match[${at}]: ${why}`]
  })
  const wrong = recognizer.examples.noMatch.flatMap((example, at) => {
    const score = best(example)
    return score > 0 && score >= threshold ? [`examples.noMatch[${at}]: found with score ${score}`] : []
  })
  return [...missed, ...wrong]
}
