import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { askGateway } from './ask-gateway.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface VaultCommandDeps {
  /** The value to look for comes in here, not on the command line, which shells and process lists keep. */
  readonly input: NodeJS.ReadableStream
  /** Where the gateway listens. */
  readonly origin: string
  /** An admin key; undefined where callers of this machine need none. */
  readonly adminKey: string | undefined
}

/**
 * `vault find` and `vault erase`: asks the running gateway, which does it and records it.
 * @throws UsageError
 */
export async function runVault(args: readonly string[], deps: VaultCommandDeps): Promise<Report> {
  const [action, ...rest] = args
  if (action !== 'find' && action !== 'erase') throw new UsageError('vault find or vault erase')
  const { values } = parseArgs({
    args: [...rest],
    options: {
      reason: { type: 'string' },
      case: { type: 'string' },
      object: { type: 'string' },
      app: { type: 'string' },
      url: { type: 'string' }
    }
  })
  if (values.reason === undefined || (values.object === undefined) !== (values.app === undefined))
    throw new UsageError('--reason is needed; --object and --app belong together')
  const what =
    values.object === undefined
      ? { value: (await text(deps.input)).trim() }
      : { object: values.object, app: values.app }
  const body = {
    ...what,
    reason: values.reason,
    ...(values.case === undefined ? {} : { case_ref: values.case })
  }
  return askGateway(values.url ?? deps.origin, `/admin/vault/${action}`, deps.adminKey, body)
}
