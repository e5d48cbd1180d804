import { concentration } from './concentration.ts'
import { doraEvidence } from './dora-evidence.ts'
import type { AuditExport } from './export.ts'
import { processing } from './processing.ts'
import { recipients } from './recipients.ts'
import { transfers } from './transfers.ts'
import { useCases } from './use-cases.ts'

/** Every record there is, sorted by name. Adding one: its file and one line here. */
export const EXPORTS: readonly AuditExport[] = [
  concentration,
  doraEvidence,
  processing,
  recipients,
  transfers,
  useCases
]
