import type { Recognizer } from '../../recognizer.ts'
import { aiRules } from './ai.ts'
import { cloudRules } from './cloud.ts'
import { codeRules } from './code.ts'
import { commerceRules } from './commerce.ts'
import { communicationRules } from './communication.ts'
import { moreRules } from './more.ts'
import { type SecretRule, secretRecognizer } from './rule.ts'
import { serviceRules } from './services.ts'

/** All formats of keys and tokens that a vendor's prefix or structure tells. */
export const allSecretRules: readonly SecretRule[] = [
  ...aiRules,
  ...cloudRules,
  ...codeRules,
  ...commerceRules,
  ...communicationRules,
  ...moreRules,
  ...serviceRules
]

export const secretRecognizers: readonly Recognizer[] = allSecretRules.map(secretRecognizer)
