import { joined, type SecretRule } from './rule.ts'

/** OpenAI: keys of projects, service accounts and users; the middle part T3BlbkFJ is base64 of "OpenAI". */
export const openaiRules: readonly SecretRule[] = [
  {
    id: 'openai-key',
    pattern: 'sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{20,110}T3BlbkFJ[A-Za-z0-9_-]{20,110}',
    examples: {
      match: [
        joined(
          'sk-pro',
          'j-Sm4ZjYXn05U7VX0HoOyWwlvUUjNbJqflp8WpjNHCq7sBIl0tT3BlbkFJSm4ZjYXn05U7VX0HoOyWwlvUUjNbJqflp8WpjNHCq7sBIl0t'
        ),
        joined('sk-5ej', 'RNrPDmUdSPxlE2b7TT3BlbkFJEuW0J3LQiTLGWUvgv9fq')
      ],
      noMatch: ['sk-your-api-key-here', 'sk-ip-to-content']
    },
    source: 'https://platform.openai.com/docs/api-reference/authentication'
  },
  {
    id: 'openai-project-key',
    pattern: 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}',
    score: 0.92,
    examples: {
      match: [joined('sk-pro', 'j-m2auIY0E1A50LtdTw8FIT7JAe2SGnThV1uwqFxmQlRwfrH0xjSoGVtEjR10HX55q')],
      noMatch: ['sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']
    },
    source: 'https://platform.openai.com/docs/api-reference/authentication'
  },
  {
    id: 'openai-legacy-key',
    pattern: 'sk-[A-Za-z0-9]{48}',
    score: 0.92,
    examples: {
      match: [joined('sk-Sm4', 'ZjYXn05U7VX0HoOyWwlvUUjNbJqflp8WpjNHCq7sBIl0t')],
      noMatch: ['sk-learn-0']
    },
    source: 'https://platform.openai.com/docs/api-reference/authentication'
  }
]
