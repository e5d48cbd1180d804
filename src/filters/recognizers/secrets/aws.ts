import { joined, type SecretRule } from './rule.ts'

/** Amazon Web Services: access key ids (the prefix tells the kind of credential), secret keys, Bedrock keys. */
export const awsRules: readonly SecretRule[] = [
  {
    id: 'aws-access-key-id',
    pattern: '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}',
    dummies: ['EXAMPLE'],
    examples: {
      match: [
        joined('AKIA', 'Q3EGZ5PYX7LTMB2N'),
        { text: joined('key ASIA', 'Y34FZKBOKMUTVV7A.'), found: joined('ASIA', 'Y34FZKBOKMUTVV7A') }
      ],
      noMatch: ['AKIAIOSFODNN7EXAMPLE']
    },
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'
  },
  {
    id: 'aws-secret-access-key',
    pattern: '[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])',
    keywords: ['secret_access_key', 'secretaccesskey', 'aws_secret', 'aws_secret_key'],
    dummies: ['EXAMPLEKEY'],
    score: 0.9,
    examples: {
      match: [
        {
          text: joined('aws_secret_access_key = ', 'uhbVoT', 'gFf7FsFRnuzWPzTlvLhFWt4/OwJI0XJBbr'),
          found: joined('uhbVoT', 'gFf7FsFRnuzWPzTlvLhFWt4/OwJI0XJBbr')
        }
      ],
      noMatch: ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']
    },
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'
  }
]
