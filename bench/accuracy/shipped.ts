import { join } from 'node:path'
import { type Analyzer, type AnalyzerOptions, buildAnalyzer } from '../../src/filters/analyzer.ts'
import { loadPolicy } from '../../src/config-policy.ts'

const policies = join(import.meta.dirname, '..', '..', 'config', 'policies')
const { thresholds } = loadPolicy(join(policies, 'default.yaml')).policy
const byType = new Map(Object.entries(thresholds))

/** An analyzer that reports what the default policy acts on: findings from the threshold of their type on. */
export function shippedAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const analyzer = buildAnalyzer(options)
  return {
    ...analyzer,
    analyze: (segments, settings) =>
      analyzer
        .analyze(segments, settings)
        .map(found => found.filter(({ type, score }) => score >= thresholdOf(type)))
  }
}

function thresholdOf(type: string): number {
  return byType.get(type) ?? byType.get('default') ?? 0.5
}
