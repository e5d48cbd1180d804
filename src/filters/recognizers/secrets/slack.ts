import { joined, type SecretRule } from './rule.ts'

/** Slack: bot, user, app, refresh and configuration tokens, incoming webhooks. */
export const slackRules: readonly SecretRule[] = [
  {
    id: 'slack-token',
    pattern: 'xox[abeoprs]-(?:[A-Za-z0-9]{1,14}-){1,4}[A-Za-z0-9]{20,160}',
    examples: {
      match: [joined('xoxb-7', '40649471253-2723006614367-EdQXH0XRMUt2ccjydcvsapPB')],
      noMatch: ['xoxb-your-token']
    },
    source: 'https://api.slack.com/concepts/token-types'
  },
  {
    id: 'slack-app-token',
    pattern: 'xapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{10,16}-[a-f0-9]{64}',
    examples: {
      match: [
        joined(
          'xapp-1',
          '-AJUEU3OHFLU-2723006614367-089f980d18030f39eafb1cb1e1a8954515f24eb3625dc4f83869a96dce5a4c7d'
        )
      ],
      noMatch: ['xapp-1-your-token']
    },
    source: 'https://api.slack.com/concepts/token-types'
  },
  {
    id: 'slack-webhook',
    pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,120}',
    examples: {
      match: [joined('hooks.', 'slack.com/services/TJUEU3OHFLU/BJUEU3OHFLU/EdQXH0XRMUt2ccjydcvsapPB')],
      noMatch: ['hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX']
    },
    source: 'https://api.slack.com/messaging/webhooks'
  }
]
