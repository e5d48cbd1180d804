import { joined, type SecretRule } from './rule.ts'

/** Anthropic: API, admin and OAuth keys. */
export const anthropicRules: readonly SecretRule[] = [
  {
    id: 'anthropic-key',
    pattern: 'sk-ant-(?:api|admin|oat|ort|sid)[0-9]{2}-[A-Za-z0-9_-]{80,120}',
    examples: {
      match: [
        joined(
          'sk-ant',
          '-api03-5cgGSvGkuJJqNgwmASfBDVbN_oZsuu6BVt3_Y8BBX0uD0_4gwhigh9L9K6fT_7wWp7DihXBIAF-_CjcxjknTgEK94x5FSAA'
        ),
        joined(
          'sk-ant',
          '-admin01-nGYsgiqDHKyLfe45Wb9CHk5ZM6qqBsLniNCdvUAuMfqbDAR37Ykk3E63MsOWBynqkvDA5zuc5TlNeXtVoZLY1gIVjHbawAA'
        )
      ],
      noMatch: ['sk-ant-api03-YOUR_KEY']
    },
    source: 'https://docs.anthropic.com/en/api/getting-started'
  }
]
