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
 * `audit find`, `audit recipients` and `audit erase`: what the record knows of one person and to whom that person's data
 * went (Art. 15 GDPR), and destroying the key (Art. 17). Asks the running gateway, which does it and records it.
 * @throws UsageError
 */
export async function askAboutActor(
  action: 'find' | 'erase' | 'recipients',
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
      url: { type: 'string' },
      format: { type: 'string' },
      lang: { type: 'string' }
    }
  })
  const { reason, app, case: caseRef, format, lang } = values
  if (reason === undefined) throw new UsageError('--reason is needed, such as data_subject_request')
  const actor = values.actor ?? (await text(deps.input)).trim()
  const shape = action === 'recipients' ? { ...(format && { format }), ...(lang && { lang }) } : {}
  const body = { actor, reason, ...(app && { app }), ...(caseRef && { case_ref: caseRef }), ...shape }
  return askGateway(values.url ?? deps.origin, `/admin/actors/${action}`, deps.adminKey, body)
}
