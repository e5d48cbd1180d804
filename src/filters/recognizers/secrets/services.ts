import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Observability, data bases, analytics, office tools, identity, maps, everything else. */
export const serviceRules: readonly SecretRule[] = [
  ...rules(
    'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
    ['new-relic-key', 'NR(AK|IQ)-{A27}'],
    ['new-relic-insert-key', 'NRII-{b32}'],
    ['new-relic-browser-key', 'NRJS-{h19}'],
    ['new-relic-admin-key', 'NR(AA|RA|SP|MA)-{h24-42}'],
    ['new-relic-license-key', '{a36}(FFFFNRAL|NRAL)', { require: hasDigit }],
    ['new-relic-pixie-key', 'px-(api|dep)-{U}']
  ),
  ...rules(
    'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    ['grafana-cloud-token', 'glc_{s32-400}', { require: hasDigit }],
    ['grafana-service-token', 'glsa_{w32}_{x8}'],
    ['grafana-key', 'eyJrIjoi{s50-400}', { require: isMixed }]
  ),
  ...rules(
    'https://docs.sentry.io/security-legal-pii/security/token-formats/',
    ['sentry-organization-token', 'sntrys_{s80-800}', { require: isMixed }],
    ['sentry-user-token', 'sntry(u|a|i)_{h64}']
  ),
  ...rules('https://docs.honeycomb.io/get-started/configure/environments/manage-api-keys/', [
    'honeycomb-key',
    'hc(a|b|x)(i|l)k_{a58}'
  ]),
  ...rules(
    'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens',
    ['dynatrace-token', 'dt0(c|s){d2}.{w24}.{w64}'],
    ['dynatrace-token-short', 'dt0(c|s){d2}.{w8}.{w64}']
  ),
  ...rules('https://docs.datadoghq.com/account_management/api-app-keys/', [
    'datadog-client-token',
    'pub{h32}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://posthog.com/docs/api', ['posthog-key', 'ph(c|x|s|r|a)_{b38-72}', { require: isMixed }]),
  ...rules('https://segment.com/docs/api/public-api/', ['segment-token', 'sgp_{w64}']),
  ...rules('https://launchdarkly.com/docs/sdk/concepts/client-side-server-side', [
    'launchdarkly-key',
    '(sdk|mob|api)-{U}'
  ]),
  ...rules('https://docs.devcycle.com/', [
    'devcycle-key',
    'dvc_(server|mobile|client)_{u20-60}',
    { require: hasDigit }
  ]),
  ...rules('https://docs.statsig.com/', ['statsig-secret', '(secret|console)-{w43}', { require: isMixed }]),
  ...rules('https://configcat.com/docs/sdk-reference/overview/', [
    'configcat-key',
    'configcat-sdk-1/{b22}/{b22}'
  ]),
  ...rules('https://docs.mapbox.com/help/dive-deeper/access-tokens/', [
    'mapbox-token',
    '(pk|sk|tk).{b40-250}.{b20-24}',
    { require: hasDigit }
  ]),
  ...rules('https://support.maxmind.com/hc/en-us/articles/4407111582235', ['maxmind-key', '{u34-36}_mmk']),
  ...rules('https://www.elastic.co/docs/deploy-manage/api-keys/', [
    'elastic-cloud-key',
    'essu_{s40-160}',
    { require: isMixed }
  ]),
  ...rules('https://www.contentful.com/developers/docs/references/authentication/', [
    'contentful-token',
    'CFPAT-{b40-70}'
  ]),
  ...rules(
    'https://airtable.com/developers/web/guides/personal-access-tokens',
    ['airtable-token', 'pat{w14}.{h64}'],
    ['airtable-oauth-token', 'oaa{w14}.v1.{s20-60}.{h64}'],
    ['airtable-key', 'key{w14}', { require: isMixed, score: 0.7 }]
  ),
  ...rules(
    'https://learning.postman.com/docs/developer/postman-api/authentication/',
    ['postman-key', 'PMAK-{h24}-{h34}'],
    ['postman-collection-key', 'PMAT-{A26}']
  ),
  ...rules('https://docs.readme.com/main/reference/intro/authentication', ['readme-key', 'rdme_{a70}']),
  ...rules('https://www.typeform.com/developers/get-started/personal-access-token/', [
    'typeform-token',
    'tfp_{e40-64}',
    { require: hasDigit }
  ]),
  ...rules('https://linear.app/developers', ['linear-key', 'lin_(api|oauth|wh)_{w40-64}']),
  ...rules(
    'https://developers.notion.com/docs/authorization',
    ['notion-token', 'ntn_{d10-12}{w34-36}'],
    ['notion-legacy-token', 'secret_{w43}', { require: isMixed }]
  ),
  ...rules('https://www.figma.com/developers/api#access-tokens', ['figma-token', 'fig(d|o|or|oh|u)_{b40}']),
  ...rules('https://clickup.com/api', ['clickup-token', 'pk_{d6-9}_{A32}']),
  ...rules('https://developer.mailsac.com/', [
    'mailsac-key',
    'k_{w30-42}',
    { require: hasDigitsAndLetters, score: 0.85 }
  ]),
  ...rules('https://docs.apify.com/platform/integrations/api', [
    'apify-token',
    'apify_api_{w34-40}',
    { require: isMixed }
  ]),
  ...rules('https://planetscale.com/docs/concepts/planetscale-api-oauth-applications', [
    'planetscale-token',
    'pscale_(tkn|oauth|pw|app)_{t32-64}',
    { require: hasDigit }
  ]),
  ...rules('https://neon.com/docs/manage/api-keys', ['neon-key', 'napi_{a60-70}']),
  ...rules(
    'https://supabase.com/docs/guides/api/api-keys',
    ['supabase-token', 'sb(p|a|o)_{a40}'],
    ['supabase-secret-key', 'sb_secret_{b31}', { require: isMixed }]
  ),
  ...rules('https://www.cockroachlabs.com/docs/cockroachcloud/managing-access', [
    'cockroach-key',
    'CCDB1_{w22}_{w40}'
  ]),
  ...rules('https://www.mongodb.com/docs/atlas/configure-api-access/', [
    'mongodb-atlas-secret',
    'mdb_sa_sk_{b40-48}'
  ]),
  ...rules('https://clickhouse.com/docs/cloud/manage/openapi', [
    'clickhouse-key',
    '4b1d{w38}',
    { require: isMixed }
  ]),
  ...rules('https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html', [
    'astra-token',
    'AstraCS:{s30-120}',
    { require: hasDigit }
  ]),
  ...rules('https://docs.aiven.io/docs/platform/howto/create_authentication_token', [
    'aiven-token',
    'AVNS_{b19}',
    { type: 'PASSWORD' }
  ]),
  ...rules('https://databento.com/docs/', ['databento-key', 'db-{w29}', { require: hasDigitsAndLetters }]),
  ...rules('https://authress.io/knowledge-base/docs/', [
    'authress-key',
    '(sc|ext|scauth|authress)_{w5-30}.{w4-6}.acc(_|-){w10-32}.{t30-120}'
  ]),
  ...rules(
    'https://support.1password.com/secret-key-security/',
    ['onepassword-secret-key', 'A3-{A6}-{A6}-{A5}-{A5}-{A5}-{A5}'],
    ['onepassword-old-secret-key', 'A3-{A6}-{A11}-{A5}-{A5}-{A5}']
  ),
  ...rules('https://developer.1password.com/docs/service-accounts/', [
    'onepassword-service-token',
    'ops_eyJ{s120-1500}',
    { require: isMixed }
  ]),
  ...rules('https://stytch.com/docs/api/authentication', ['stytch-secret', 'secret-(live|test)-{q36}']),
  ...rules('https://docs.unkey.com/', ['unkey-key', 'unkey_{w20-40}']),
  ...rules('https://zuplo.com/docs/', ['zuplo-key', 'zpka_{h32}_{h8}']),
  ...rules('https://developers.google.com/recaptcha/docs/', [
    'recaptcha-key',
    '6L(c|d|e|f){b37}',
    { require: isMixed }
  ]),
  ...rules('https://docs.ubidots.com/', ['ubidots-token', '(BBFF|BBUS)-{w30-40}']),
  ...rules('https://ionic.io/docs/', ['ionic-token', 'ion_{w42}']),
  ...rules('https://docs.fleetbase.io/', ['fleetbase-key', 'flb_(live|test)_{w20}']),
  ...rules('https://docs.frame.io/', ['frameio-token', 'fio-u-{q60-66}', { require: hasDigit }]),
  ...rules(
    'https://wakatime.com/developers',
    ['wakatime-key', 'waka_{U}'],
    ['wakatime-key-short', 'waka_{a40}', { require: hasDigit }]
  ),
  ...rules('https://rootly.com/', ['rootly-key', 'rootly_{h64}']),
  ...rules('https://www.checklyhq.com/docs/', ['checkly-key', 'cu_{h32}']),
  ...rules(
    'https://docs.fivem.net/',
    ['cfx-key', 'cfxk_{w20-34}', { require: hasDigit }],
    ['cfx-key-long', 'cfxk_{w20}_{w4-8}']
  )
]
