import { joined, type SecretRule } from './rule.ts'

/** GitHub: all token kinds share prefix, 36 or more characters and a CRC-32 at their end. */
export const githubRules: readonly SecretRule[] = [
  {
    id: 'github-token',
    pattern: 'gh[pousr]_[A-Za-z0-9]{36,251}',
    examples: {
      match: [joined('ghp_3x', 'esEZwd5Qar6oBsjFGsFVFMF1wEBrASAto1')],
      noMatch: ['ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']
    },
    source:
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github'
  },
  {
    id: 'github-fine-grained-token',
    pattern: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
    examples: {
      match: [
        joined(
          'github',
          '_pat_Ixf5REMGlvM0aYOeYCj7zC_kKOQuPqXLKpB5341GgTCExBO9m0ZJ3Mk0a531Wa415YuZENogLkO7EhxeDo'
        )
      ],
      noMatch: ['github_pat_token']
    },
    source:
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens'
  }
]
