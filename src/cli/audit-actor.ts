import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { askGateway } from './ask-gateway.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface ActorCommandDeps {
  /** The person comes in here when --actor is left out: shells and process lists keep command lines. */
  readonly input: NodeJS.ReadableStream
  /** Where the gateway listens. */
  readonly origin: string
  /** An admin key; undefined where callers of this machine need none. */
  readonly adminKey: string | undefined
}

/**
 * `audit find` and `audit erase`: what the record knows of one person (Art. 15 GDPR), and destroying that person's key
 * (Art. 17). Asks the running gateway, which does it and records it.
 * @throws UsageError
 */
export async function askAboutActor(
  action: 'find' | 'erase',
  args: readonly string[],
  deps: ActorCommandDeps
): Promise<Report> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      actor: { type: 'string' },
      app: { type: 'string' },
      reason: { type: 'string' },
      case: { type: 'string' },
      url: { type: 'string' }
    }
  })
  const { reason, app, case: caseRef } = values
  if (reason === undefined) throw new UsageError('--reason is needed, such as data_subject_request')
  const actor = values.actor ?? (await text(deps.input)).trim()
  const body = { actor, reason, ...(app && { app }), ...(caseRef && { case_ref: caseRef }) }
  return askGateway(values.url ?? deps.origin, `/admin/actors/${action}`, deps.adminKey, body)
}
