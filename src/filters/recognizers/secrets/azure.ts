import { joined, type SecretRule } from './rule.ts'

/** Microsoft Azure: storage account keys, Entra client secrets, DevOps tokens with the signature of the identifiable-key format. */
export const azureRules: readonly SecretRule[] = [
  {
    id: 'azure-storage-key',
    pattern: 'AccountKey=[A-Za-z0-9+/]{86}==',
    examples: {
      match: [
        joined(
          'Accoun',
          'tKey=jX3pOAs2fTVU42eyP5SvU5lOlQkAPN6nBakdz1ZCxJlx5unDlaaPolqWDGGCIB0XT3JKC3UnNuA7TKgLNAwVhY=='
        )
      ],
      noMatch: ['AccountKey=<key>']
    },
    source: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage'
  },
  {
    id: 'azure-client-secret',
    pattern: '[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}',
    keywords: ['client_secret', 'clientsecret', 'azure', 'tenant', 'secret'],
    score: 0.9,
    examples: {
      match: [
        {
          text: joined('AZURE_CLIENT_SECRET=', 'a2N8Q~', 'ObRSJxxTr0M6mXB4jL4TT0T4tDmqjeGbEE'),
          found: joined('a2N8Q~', 'ObRSJxxTr0M6mXB4jL4TT0T4tDmqjeGbEE')
        }
      ],
      noMatch: ['client_secret=abc']
    },
    source: 'https://learn.microsoft.com/purview/sit-defn-client-secret-api-key'
  },
  {
    id: 'azure-identifiable-key',
    pattern: '[A-Za-z0-9+/]{42,76}(?:JQQJ99|AzFu|AzSe|AzCa|ACDb|ASbT|AEhm|AIoT)[A-Za-z0-9+/]{5,36}={0,2}',
    keywords: ['key', 'accountkey', 'sharedaccesskey', 'api-key', 'token', 'azure', 'pat'],
    score: 0.9,
    examples: {
      match: [
        {
          text: joined('azure_search_key: ', 'QyqA9P', 'Q9XI4InaKI9kvlPRXd6Jaoh1QLZe6Xqim9saAzSeK5vn1p'),
          found: joined('QyqA9P', 'Q9XI4InaKI9kvlPRXd6Jaoh1QLZe6Xqim9saAzSeK5vn1p')
        }
      ],
      noMatch: ['SharedAccessKey=your-key']
    },
    source: 'https://github.com/microsoft/security-utilities'
  }
]
