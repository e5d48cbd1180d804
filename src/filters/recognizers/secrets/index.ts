import type { Recognizer } from '../../recognizer.ts'
import { anthropicRules } from './anthropic.ts'
import { awsRules } from './aws.ts'
import { azureRules } from './azure.ts'
import { githubRules } from './github.ts'
import { gitlabRules } from './gitlab.ts'
import { googleRules } from './google.ts'
import { huggingFaceRules } from './hugging-face.ts'
import { openaiRules } from './openai.ts'
import { type SecretRule, secretRecognizer } from './rule.ts'
import { slackRules } from './slack.ts'
import { stripeRules } from './stripe.ts'

/** All formats of keys and tokens, by vendor. */
export const allSecretRules: readonly SecretRule[] = [
  ...anthropicRules,
  ...awsRules,
  ...azureRules,
  ...githubRules,
  ...gitlabRules,
  ...googleRules,
  ...huggingFaceRules,
  ...openaiRules,
  ...slackRules,
  ...stripeRules
]

export const secretRecognizers: readonly Recognizer[] = allSecretRules.map(secretRecognizer)
