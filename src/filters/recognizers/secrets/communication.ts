import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Chat, mail, telephone, social networks, customer care. */
export const communicationRules: readonly SecretRule[] = [
  ...rules(
    'https://api.slack.com/concepts/token-types',
    ['slack-token', 'xox(a|b|c|e|o|p|r|s|t)-{b12-250}', { require: hasDigit }],
    ['slack-configuration-token', 'xoxe.xox(b|p)-{b30-250}', { require: hasDigit }],
    ['slack-cookie', 'xoxd-{v30-300}', { require: isMixed }],
    ['slack-app-token', 'xapp-{s16-160}', { require: hasDigitsAndLetters }]
  ),
  ...rules('https://api.slack.com/messaging/webhooks', [
    'slack-webhook',
    'hooks.slack.com/(services|workflows|triggers)/{B20-120}',
    { keep: 16, require: hasDigit }
  ]),
  ...rules('https://discord.com/developers/docs/resources/webhook', [
    'discord-webhook',
    'discord(app|).com/api/webhooks/{d15-20}/{b50-90}',
    { keep: 16 }
  ]),
  ...rules(
    'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    ['teams-webhook', 'webhook.office.com/webhookb2/{p60-300}', { keep: 19, require: hasDigit }],
    ['teams-legacy-webhook', 'outlook.office.com/webhook/{p60-300}', { keep: 19, require: hasDigit }]
  ),
  ...rules('https://zapier.com/help/doc/how-get-started-webhooks-zapier', [
    'zapier-webhook',
    'hooks.zapier.com/hooks/catch/{d4-10}/{a5-12}',
    { keep: 17 }
  ]),
  ...rules('https://ifttt.com/docs/api_reference', [
    'ifttt-webhook',
    'maker.ifttt.com/trigger/{b1-40}/with/key/{b20-60}',
    { keep: 16 }
  ]),
  ...rules('https://core.telegram.org/bots/api#making-requests', [
    'telegram-bot-url',
    'api.telegram.org/bot{d5-16}:{b33-35}',
    { keep: 20 }
  ]),
  ...rules('https://discord.com/developers/docs/reference#authentication', [
    'discord-bot-token',
    '(MT|MD|Mj|Mz|MZ|NT|ND|Nj|Nz|OT|OD){b21-24}.{b6}.{b27-38}',
    { require: isMixed }
  ]),
  ...rules(
    'https://core.telegram.org/bots/features#botfather',
    ['telegram-bot-token', '{d5-16}:A{b34}', { require: isMixed }],
    ['telegram-bot-token-short', '{d5-16}:A{b33}', { require: hasDigitsAndLetters, score: 0.85 }]
  ),
  ...rules('https://www.twilio.com/docs/iam/api-keys', [
    'twilio-key',
    '(SK|AC){x32}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules(
    'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
    ['sendgrid-key', 'SG.{b22}.{b43}'],
    ['sendgrid-key-joined', 'SG.{q66}']
  ),
  ...rules('https://documentation.mailgun.com/docs/mailgun/api-reference/', [
    'mailgun-key',
    '(pubkey|key)-{h32}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://mailchimp.com/developer/marketing/guides/quick-start/', [
    'mailchimp-key',
    '{h32}-us{d1-2}'
  ]),
  ...rules('https://mailchimp.com/developer/transactional/guides/quick-start/', [
    'mandrill-key',
    'md-{b22}',
    { require: isMixed }
  ]),
  ...rules('https://developers.brevo.com/docs/getting-started', [
    'brevo-key',
    '(xkeysib|xsmtpsib)-{h64}-{w16}'
  ]),
  ...rules('https://resend.com/docs/api-reference/introduction', [
    'resend-key',
    're_{w8}_{w24}',
    { require: isMixed }
  ]),
  ...rules('https://developers.klaviyo.com/en/docs/authenticate_', [
    'klaviyo-key',
    'pk_{a34}',
    { require: hasDigitsAndLetters }
  ]),
  ...rules('https://developers.intercom.com/docs/build-an-integration/learn-more/authentication', [
    'intercom-token',
    'dG9r{s54-60}',
    { require: isMixed }
  ]),
  ...rules('https://developers.hubspot.com/docs/guides/apps/private-apps/overview', [
    'hubspot-token',
    'pat-(na1|na2|na3|eu1|ap1)-{U}'
  ]),
  ...rules('https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/', [
    'salesforce-token',
    '00D{w11-15}!{e80-200}'
  ]),
  ...rules('https://developers.telnyx.com/', ['telnyx-key', 'KEY01{A30}_{w22}']),
  ...rules('https://documentation.onesignal.com/docs/keys-and-ids', [
    'onesignal-key',
    'os_v2_(app|org)_{a90-110}'
  ]),
  ...rules('https://www.pubnub.com/docs/general/basics/initialize-pubnub', [
    'pubnub-key',
    '(sub|pub|sec)-c-{a8}-{a4}-{a4}-{a4}-{a12}'
  ]),
  ...rules(
    'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/',
    ['facebook-token', 'EAA{w60-400}', { require: isMixed }],
    ['facebook-graph-token', 'EAACEdEose0cBA{w20-400}']
  ),
  ...rules('https://developers.facebook.com/docs/instagram-platform/', [
    'instagram-token',
    'IGQ(V|W){b60-260}',
    { require: isMixed }
  ]),
  ...rules('https://docs.x.com/resources/fundamentals/authentication/', [
    'twitter-bearer-token',
    'AAAAAAAAAAAAAAAAAAAA{v28-120}',
    { require: isMixed }
  ]),
  ...rules('https://developers.pinterest.com/docs/getting-started/authentication/', [
    'pinterest-token',
    'pina_{w32-64}'
  ]),
  ...rules('https://dev.twitch.tv/docs/authentication/', ['twitch-stream-key', 'live_{d6-10}_{w28-34}']),
  ...rules('https://www.dropbox.com/developers/reference/oauth-guide', [
    'dropbox-token',
    'sl.{e120-1500}',
    { require: isMixed }
  ]),
  ...rules('https://www.zoho.com/crm/developer/docs/api/v8/access-refresh.html', [
    'zoho-token',
    '1000.{x32}.{x32}'
  ]),
  ...rules('https://apidocs.teamwork.com/', ['teamwork-token', 'tkn.v1_{s60-100}']),
  ...rules('https://developers.weixin.qq.com/doc/', [
    'wechat-app-id',
    'wx{h16}',
    { require: hasDigitsAndLetters, score: 0.8 }
  ]),
  ...rules('https://notification.canada.ca/', ['notify-key', 'gcntfy-{b1-60}-{U}-{U}']),
  ...rules('https://lichess.org/api', ['lichess-token', 'lip_{w20}']),
  ...rules('https://developer.riotgames.com/docs/portal', ['riot-key', 'RGAPI-{a8}-{a4}-{a4}-{a4}-{a12}'])
]
