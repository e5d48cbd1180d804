import { deployerLog } from './ai-act/deployer-log.ts'
import { publication } from './ai-act/publication.ts'
import { useCases } from './ai-act/use-cases.ts'
import { concentration } from './dora/concentration.ts'
import { contradictions } from './dora/contradictions.ts'
import { evidence } from './dora/evidence.ts'
import { exitReadiness } from './dora/exit-readiness.ts'
import { fallbacks } from './dora/fallbacks.ts'
import { register } from './dora/register.ts'
import { serviceLevels } from './dora/service-levels.ts'
import type { AuditExport } from './export.ts'
import { breachTimeline } from './gdpr/breach-timeline.ts'
import { noticeFacts } from './gdpr/notice-facts.ts'
import { processing } from './gdpr/processing.ts'
import { processor } from './gdpr/processor.ts'
import { recipients } from './gdpr/recipients.ts'
import { transfers } from './gdpr/transfers.ts'

/** Every record there is, sorted by name. Adding one: its file and one line here. */
export const EXPORTS: readonly AuditExport[] = [
  publication,
  breachTimeline,
  concentration,
  deployerLog,
  contradictions,
  evidence,
  register,
  exitReadiness,
  fallbacks,
  noticeFacts,
  processing,
  processor,
  recipients,
  serviceLevels,
  transfers,
  useCases
]
