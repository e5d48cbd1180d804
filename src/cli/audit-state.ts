import { parseArgs } from 'node:util'
import { askGateway } from './ask-gateway.ts'
import type { Report } from './report.ts'

export interface StateCommandDeps {
  /** Where the gateway listens. */
  readonly origin: string
  /** An admin key; undefined where callers of this machine need none. */
  readonly adminKey: string | undefined
}

/**
 * `audit review` and `audit breach`: what a person says for the record; the running gateway checks and writes it.
 * @returns undefined when the words make no command
 */
export async function stateForRecord(
  verb: 'review' | 'breach',
  args: readonly string[],
  { origin, adminKey }: StateCommandDeps
): Promise<Report | undefined> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: {
      result: { type: 'string' },
      decision: { type: 'string' },
      case: { type: 'string' },
      class: { type: 'string', multiple: true },
      count: { type: 'string' },
      deployment: { type: 'string' },
      url: { type: 'string' }
    },
    allowPositionals: true
  })
  const [subject, ...more] = positionals
  if (subject === undefined || more.length > 0) return undefined
  const { result, decision, case: caseRef, class: classes, count, deployment } = values
  const body =
    verb === 'review'
      ? { request_id: subject, result, decision_id: decision, case_ref: caseRef }
      : {
          kind: subject,
          case_ref: caseRef,
          classes,
          ...(count === undefined ? {} : { count: Number(count) }),
          ...(deployment === undefined ? {} : { deployment: { id: deployment } })
        }
  const path = verb === 'review' ? '/admin/reviews' : '/admin/breach-candidates'
  return askGateway(values.url ?? origin, path, adminKey, body)
}
