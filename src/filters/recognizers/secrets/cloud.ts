import { isPublished } from './published-keys.ts'
import { hasHexCrc32 } from './checksum.ts'
import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

const isBase32Tail = (value: string): boolean => /^[A-Z2-7]{16}$/.test(value.slice(-16))

/** Clouds, hosting, infrastructure as code, networks. */
export const cloudRules: readonly SecretRule[] = [
  ...rules(
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    ['aws-access-key-id', '(AKIA|ASIA|ABIA|ACCA){A16}', { check: isBase32Tail }],
    ['aws-legacy-key-id', 'A3T{A17}', { score: 0.85 }],
    ['aws-bedrock-key', 'ABSK{s100-300}', { require: isMixed }],
    ['aws-bedrock-session-key', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{s0-2000}'],
    ['aws-mws-key', 'amzn.mws.{U}'],
    ['aws-appsync-key', 'da2-{a26}']
  ),
  ...rules('https://learn.microsoft.com/purview/sit-defn-client-secret-api-key', [
    'azure-client-secret',
    '{v3}(0|1|2|3|4|5|6|7|8|9)Q~{v31-34}',
    { require: isMixed }
  ]),
  ...rules(
    'https://github.com/microsoft/security-utilities',
    [
      'azure-identifiable-key',
      '{B42-76}(JQQJ99|AzFu|AzSe|AzCa|ACDb|ASbT|AEhm|AIoT){B5-36}',
      { require: isMixed }
    ],
    ['azure-registry-password', '{w39-42}+ACR{w6-10}', { require: isMixed }]
  ),
  ...rules('https://learn.microsoft.com/azure/storage/common/storage-sas-overview', [
    'azure-sas-signature',
    '(?|&)sig={v43-60}',
    { keep: 5, require: hasDigit }
  ]),
  ...rules('https://cloud.google.com/docs/authentication/api-keys', [
    'google-api-key',
    'AIza{b35}',
    { require: value => !isPublished(value) }
  ]),
  ...rules(
    'https://developers.google.com/identity/protocols/oauth2',
    ['google-oauth-secret', 'GOCSPX-{b28}'],
    ['google-access-token', 'ya29.{e20-1024}'],
    ['google-refresh-token', '1//0{b38-100}', { require: isMixed }],
    ['google-authorization-code', '4/0A{b60-80}', { require: isMixed }]
  ),
  ...rules('https://firebase.google.com/docs/cloud-messaging', [
    'firebase-server-key',
    'AAAA{b7}:APA91b{b80-200}'
  ]),
  ...rules(
    'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
    ['digitalocean-token', '(dop|doo|dor)_v1_{h64}'],
    ['digitalocean-spaces-key', 'DO00{A16}', { require: hasDigitsAndLetters }]
  ),
  ...rules(
    'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair',
    ['alibaba-access-key-id', 'LTAI{w12-20}', { require: isMixed }],
    ['alibaba-session-key-id', 'STS.{w18-30}', { require: isMixed }]
  ),
  ...rules('https://www.tencentcloud.com/document/product/598/32675', [
    'tencent-secret-id',
    'AKID{w32}',
    { require: isMixed }
  ]),
  ...rules(
    'https://yandex.cloud/en/docs/iam/concepts/authorization/',
    ['yandex-iam-token', 't1.{q4-300}.{q80-90}', { require: isMixed }],
    ['yandex-api-key', 'AQVN{b35-38}', { require: isMixed }],
    ['yandex-static-key', 'YC{b38}', { require: isMixed }],
    ['yandex-oauth-token', 'y(0|1|2|3)_{b50-60}', { require: isMixed }]
  ),
  ...rules('https://www.scaleway.com/en/docs/iam/', [
    'scaleway-access-key',
    'SCW{A17}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules(
    'https://devcenter.heroku.com/articles/authentication',
    ['heroku-key', 'HRKU-(AA|){b50-66}'],
    ['heroku-old-key', 'HRKU-{U}']
  ),
  ...rules(
    'https://fly.io/docs/security/tokens/',
    ['fly-token', 'fo1_{b43}', { require: isMixed }],
    ['fly-macaroon', 'fm(1r|1a|2)_{s100-1000}', { require: isMixed }],
    ['fly-scheme', 'FlyV1 {s60-1000}', { keep: 6, require: isMixed }]
  ),
  ...rules('https://render.com/docs/api', ['render-key', 'rnd_{w28-32}']),
  ...rules(
    'https://vercel.com/docs/rest-api',
    ['vercel-token', 'vc(p|i|a|r|k)_{b56}'],
    ['vercel-short-token', 'vc(p|i|a|r|k)_{w40}']
  ),
  ...rules('https://docs.netlify.com/api/get-started/', ['netlify-token', 'nfp_{w36}']),
  ...rules(
    'https://developers.cloudflare.com/fundamentals/api/',
    ['cloudflare-origin-ca-key', 'v1.0-{h24}-{h146}'],
    ['cloudflare-origin-key', 'v1.0-{h40-64}-{h60-150}'],
    ['cloudflare-scannable-token', '(cfut|cfat|cfk)_{w40-56}', { check: hasHexCrc32 }]
  ),
  ...rules(
    'https://developer.hashicorp.com/vault/docs/concepts/tokens',
    ['vault-service-token', 'hvs.{b24-180}', { require: isMixed }],
    ['vault-batch-token', 'hvb.{b80-320}'],
    ['vault-recovery-token', 'hvr.{b90-180}']
  ),
  ...rules('https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens', [
    'terraform-cloud-token',
    '{w14}.atlasv1.{q32-80}'
  ]),
  ...rules(
    'https://docs.doppler.com/reference/auth-token-formats',
    ['doppler-token', 'dp.(pt|ct|said|sa|scim|audit|st).{w40-44}'],
    ['doppler-service-token', 'dp.st.{b2-35}.{w40-44}']
  ),
  ...rules('https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/', [
    'pulumi-token',
    'pul-{h40}'
  ]),
  ...rules('https://www.infracost.io/docs/', ['infracost-key', 'ico-{w32}']),
  ...rules('https://tailscale.com/kb/1085/auth-keys', ['tailscale-key', 'tskey-{l3-10}-{w6-24}-{w9-40}']),
  ...rules('https://docs.defined.net/', ['defined-networking-key', 'dnkey-{q78-80}']),
  ...rules('https://developers.scalingo.com/', ['scalingo-token', 'tk-us-{b48}', { require: hasDigit }]),
  ...rules('https://developers.upcloud.com/', ['upcloud-token', 'ucat_{A26}']),
  ...rules('https://docs.deno.com/deploy/', ['deno-token', 'dd(p|o)_{w32-36}', { require: isMixed }]),
  ...rules('https://docs.val.town/', ['val-town-token', 'vtwn_{w20-40}']),
  ...rules('https://www.exoscale.com/api/', [
    'exoscale-key',
    'EXO{w24}',
    { require: hasDigitsAndLetters, score: 0.85 }
  ]),
  ...rules('https://docs.settlemint.com/', ['settlemint-token', 'sm_(aat|pat|sat)_{a16}']),
  ...rules('https://developer.harness.io/docs/platform/automation/api/', [
    'harness-key',
    '(pat|sat).{b22}.{w24}.{w20}'
  ]),
  ...rules('https://docs.openshift.com/', ['openshift-token', 'sha256~{b43}']),
  ...rules(
    'https://docs.docker.com/security/access-tokens/',
    ['docker-token', 'dckr_(pat|oat)_{b27-32}'],
    ['docker-swarm-token', 'SWMTKN-1-{a50}-{a25}'],
    ['docker-swarm-key', 'SWMKEY-1-{B43}']
  )
]
