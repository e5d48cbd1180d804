import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Further services, one format each. */
export const moreRules: readonly SecretRule[] = [
  ...rules('https://www.canva.dev/docs/connect/authentication/', [
    'canva-secret',
    'cnvca{b40-60}',
    { require: isMixed }
  ]),
  ...rules('https://developer.ebay.com/api-docs/static/creating-edp-key.html', [
    'ebay-cert-id',
    '(PRD|SBX)-{h8}{h4}-{h4}-{h4}-{h4}-{h4}'
  ]),
  ...rules('https://developers.pandascore.co/docs/authentication', [
    'pandascore-key',
    'live_{b40-46}',
    { require: isMixed, score: 0.85 }
  ]),
  ...rules('https://docs.scale.com/reference/authentication', [
    'scale-key',
    '(live|test)_{h32}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://dev.branch.io/', ['branch-key', 'key_(live|test)_{w32}']),
  ...rules('https://docs.coze.com/', ['coze-token', 'pat_{w64}', { require: isMixed }]),
  ...rules('https://docs.imagekit.io/', ['imagekit-key', 'private_{s24-32}', { require: isMixed }]),
  ...rules('https://help.nightfall.ai/developer-api', [
    'nightfall-key',
    'NF-{w32}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://supernotes.app/', ['supernotes-key', 'supernotes_sk-{b30-60}']),
  ...rules('https://docs.storecove.com/', ['storecove-key', 'storecove_{w30-60}', { require: hasDigit }]),
  ...rules('https://redirect.pizza/docs', ['redirect-pizza-token', 'rpa_{a30}', { require: hasDigit }]),
  ...rules('https://docs.workato.com/', ['workato-token', 'wrka-{e60-1000}', { require: isMixed }]),
  ...rules('https://doc.scrapfly.io/', ['scrapfly-key', 'scp-(live|test)-{h32}']),
  ...rules('https://docs.kickbox.com/docs/using-the-api', [
    'kickbox-key',
    '(live|test)_{a60-70}',
    { require: hasDigit }
  ]),
  ...rules('https://docs.intra.42.fr/', ['intra42-secret', 's-s4t2(ud|af)-{h64}']),
  ...rules('https://developer.adobe.com/developer-console/docs/guides/authentication/', [
    'adobe-client-secret',
    'p8e-{b32}',
    { require: hasDigit }
  ]),
  ...rules('https://developers.asana.com/docs/personal-access-token', [
    'asana-token',
    '{d1}/120{d12-14}:{h32}'
  ]),
  ...rules('https://docs.svix.com/', [
    'svix-key',
    '(sk|testsk)_{b32}.(us|eu|in|ca|au)',
    { require: isMixed }
  ]),
  ...rules('https://docs.dfuse.io/', ['dfuse-key', 'web_{h32}', { require: hasDigitsAndLetters }]),
  ...rules('https://open.larksuite.com/document/', [
    'lark-token',
    '(t|u)-{b30-42}',
    { require: isMixed, score: 0.7 }
  ]),
  ...rules('https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth', [
    'nats-seed',
    'S(UA|AA|OA|NA|CA){255}',
    { type: 'PRIVATE_KEY' }
  ]),
  ...rules('https://hashcat.net/wiki/doku.php?id=example_hashes', [
    'kerberos-hash',
    '$krb5(asrep|tgs|pa)$(17|18|23)${p60-4000}',
    { type: 'PASSWORD', score: 0.9 }
  ]),
  ...rules(
    'https://man7.org/linux/man-pages/man5/crypt.5.html',
    ['bcrypt-hash', '$2(a|b|y)${d2}${t53}', { type: 'PASSWORD', score: 0.9, require: isMixed }],
    ['crypt-hash', '$(1|5|6|7|8|9)${t4-24}${t20-90}', { type: 'PASSWORD', score: 0.9, require: isMixed }],
    ['apache-hash', '$apr1${t1-8}${t22}', { type: 'PASSWORD', score: 0.9, require: isMixed }],
    ['sha-crypt-hash', '$(5|6)$rounds={d4-9}${t4-24}${t40-90}', { type: 'PASSWORD', score: 0.9 }],
    ['yescrypt-hash', '$y$j9T${t4-86}${t43}', { type: 'PASSWORD', score: 0.9 }],
    ['argon2-hash', '$argon2(id|i|d)$v={d2}${p60-200}', { type: 'PASSWORD', score: 0.9 }]
  ),
  ...rules('https://docs.tines.com/', ['tines-key', 'tines_{w40-60}']),
  ...rules('https://docs.logfire.pydantic.dev/', ['logfire-token', 'pylf_v1_(us|eu|test)_{w40-50}']),
  ...rules('https://docs.axiom.co/reference/tokens', ['axiom-token', 'xa(at|pt)-{U}']),
  ...rules('https://docs.trigger.dev/', [
    'trigger-key',
    'tr_(dev|prod|stg|pat)_{w20-40}',
    { require: isMixed }
  ]),
  ...rules('https://www.inngest.com/docs/', ['inngest-signing-key', 'signkey-(prod|test|branch)-{h64}']),
  ...rules('https://clerk.com/docs/deployments/clerk-environment-variables', [
    'clerk-key',
    'ak_{w32}',
    { require: isMixed }
  ]),
  ...rules('https://cloudinary.com/documentation/how_to_integrate_cloudinary', [
    'cloudinary-url',
    'cloudinary://{d15}:{b27}@',
    { keep: 13, require: isMixed }
  ]),
  ...rules('https://docs.npmjs.com/cli/v6/configuring-npm/npmrc', [
    'npm-legacy-token',
    '_authToken={U}',
    { keep: 11 }
  ]),
  ...rules('https://sldn.softlayer.com/article/getting-started/', [
    'softlayer-key',
    'softlayer.com/(soap|rest)/v3{p0-1}/{h64}',
    { keep: 14 }
  ]),
  ...rules('https://developers.mattermost.com/integrate/webhooks/incoming/', [
    'mattermost-webhook',
    'hooks/{a26}',
    { keep: 6, require: hasDigit }
  ]),
  ...rules('https://thingsboard.io/docs/reference/http-api/', [
    'thingsboard-token',
    'thingsboard.cloud/api/v1/{w20}',
    { keep: 25, require: hasDigit }
  ])
]
