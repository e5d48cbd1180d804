import { joined, type SecretRule } from './rule.ts'

/** Hugging Face: user and organisation tokens. */
export const huggingFaceRules: readonly SecretRule[] = [
  {
    id: 'hugging-face-token',
    pattern: '(?:hf_|api_org_)[A-Za-z]{34}',
    examples: {
      match: [joined('hf_qeA', 'yNWeXAoHbnaWYWjtrxApaGFMQARVJgR')],
      noMatch: ['hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']
    },
    source: 'https://huggingface.co/docs/hub/security-tokens'
  }
]
