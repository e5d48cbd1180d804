import { joined, type SecretRule } from './rule.ts'

/** Google: API keys, OAuth client secrets, refresh and access tokens. */
export const googleRules: readonly SecretRule[] = [
  {
    id: 'google-api-key',
    pattern: 'AIza[A-Za-z0-9_-]{35}',
    examples: {
      match: [joined('AIzaAv', 'l3VorcBCqi1JTtP1rNRlJMVa9x5BSGfoQ')],
      noMatch: ['AIzaSyXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX']
    },
    source: 'https://cloud.google.com/docs/authentication/api-keys'
  },
  {
    id: 'google-oauth-secret',
    pattern: 'GOCSPX-[A-Za-z0-9_-]{28}',
    examples: {
      match: [joined('GOCSPX', '-JkqgfB13vdGwz8UU3tnfnGCHAKTp')],
      noMatch: ['GOCSPX-your-client-secret']
    },
    source: 'https://developers.google.com/identity/protocols/oauth2'
  },
  {
    id: 'google-access-token',
    pattern: 'ya29\\.[A-Za-z0-9_-]{20,512}',
    examples: {
      match: [
        joined('ya29.Q', 'uvWLPMY1wX5xqb53yX1Ppe274Cc6FhfZTAb6hYN5GefJ7nOpujLKwjg2RUNDx418DlbQMD0vC8qIvMM')
      ],
      noMatch: ['ya29.xxxxx']
    },
    source: 'https://developers.google.com/identity/protocols/oauth2'
  }
]
