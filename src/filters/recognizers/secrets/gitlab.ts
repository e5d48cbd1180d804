import { joined, type SecretRule } from './rule.ts'

/** GitLab: tokens by prefix. */
export const gitlabRules: readonly SecretRule[] = [
  {
    id: 'gitlab-token',
    pattern:
      'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{20,64}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9})?',
    examples: { match: [joined('glpat-', '5ejRNrPDmUdSPxlE2b7T')], noMatch: ['glpat-xxxxxxxxxxxxxxxxxxxx'] },
    source: 'https://docs.gitlab.com/security/tokens/#token-prefixes'
  }
]
