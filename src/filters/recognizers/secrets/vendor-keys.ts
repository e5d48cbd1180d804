/** Keys of one vendor that have no prefix: only his name before them tells whose they are. */
export interface VendorKey {
  /** The vendor's page. */
  readonly source: string
  /** As written in front of the key, in names and prose. */
  readonly names: readonly string[]
  /** See `Format`. */
  readonly shapes: readonly string[]
  /** The name is a word of the language: a word for credentials must stand behind it. */
  readonly isWord?: boolean
}

function key(source: string, names: readonly string[], shapes: readonly string[], isWord = false): VendorKey {
  return { source, names, shapes, isWord }
}

export const vendorKeys: readonly VendorKey[] = [
  key('https://developer.shodan.io/api/introduction', ['shodan'], ['{w32}']),
  key('https://developers.deepgram.com/docs/create-additional-api-keys', ['deepgram'], ['{h40}']),
  key('https://dev.chartmogul.com/docs/authentication', ['chartmogul'], ['{a32}']),
  key('https://help.cloudsmith.io/docs/api-key', ['cloudsmith'], ['{h40}']),
  key('https://developers.messagebird.com/api/', ['messagebird'], ['{w25}']),
  key('https://developer.spotify.com/documentation/web-api/concepts/apps', ['spotify'], ['{a32}']),
  key('https://www.algolia.com/doc/guides/security/api-keys/', ['algolia'], ['{h32}']),
  key('https://opencagedata.com/api', ['opencage', 'opencagedata'], ['{h32}']),
  key('https://openweathermap.org/appid', ['openweather', 'openweathermap', 'pyowm', 'owm'], ['{a32}']),
  key('https://developers.statuscake.com/guides/api/authentication/', ['statuscake'], ['{w20}']),
  key('https://engineering.toggl.com/docs/authentication', ['toggl'], ['{w32}']),
  key(
    'https://userstack.com/documentation',
    ['userstack', 'ipstack', 'aviationstack', 'mediastack', 'positionstack', 'weatherstack', 'marketstack'],
    ['{a32}']
  ),
  key(
    'https://currencylayer.com/documentation',
    ['currencylayer', 'vatlayer', 'numverify', 'fixer.io'],
    ['{a32}']
  ),
  key('https://ipinfo.io/developers', ['ipinfo'], ['{h14}']),
  key('https://api.iterable.com/api/docs', ['iterable'], ['{h32}']),
  key('https://developer.mixmax.com/', ['mixmax'], ['{U}']),
  key('https://www.eventbrite.com/platform/api', ['eventbrite'], ['{A20}']),
  key('https://docs.coveralls.io/', ['coveralls'], ['{w37}']),
  key('https://betterstack.com/docs/', ['betterstack', 'logtail'], ['{w24}']),
  key(
    'https://help.sumologic.com/docs/manage/security/access-keys/',
    ['sumologic', 'sumo-access'],
    ['su{w12}', '{w64}']
  ),
  key(
    'https://github.com/sidekiq/sidekiq/wiki/Commercial-collaboration',
    ['bundle_enterprise__contribsys__com', 'bundle_gems__contribsys__com'],
    ['{x8}:{x8}']
  ),
  key(
    'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens',
    ['sonar.login', 'sonar_login', 'sonar.token', 'sonarlogin', 'sonarcloud'],
    ['{w40}']
  ),
  key(
    'https://guides.rubyonrails.org/security.html#custom-credentials',
    ['master.key', 'credentials.yml.enc', 'production.key'],
    ['{h32}']
  ),
  key('https://developers.deepl.com/docs/getting-started/auth', ['deepl'], ['{U}(:fx|)']),
  key('https://docs.aiven.io/docs/platform/howto/create_authentication_token', ['aiven'], ['{s372-512}']),
  key('https://browshot.com/api/documentation', ['browshot'], ['{w28}']),
  key('https://www.convertapi.com/doc/auth', ['convertapi'], ['{w16}', '{w32}']),
  key('https://api.feedier.com/', ['feedier'], ['{w32}']),
  key('https://geocodify.com/docs', ['geocodify'], ['{a40}']),
  key('https://apidocs.getresponse.com/v3/authentication', ['getresponse'], ['{a32}']),
  key('https://docs.glassnode.com/basic-api/api-key', ['glassnode'], ['{w27}']),
  key('https://juro.com/', ['juro'], ['{w40}'], true),
  key('https://docs.jupiterone.io/', ['jupiterone'], ['{w76}']),
  key('https://noticeable.io/', ['noticeable'], ['{w20}'], true),
  key('https://developer.parseur.com/', ['parseur'], ['{h40}']),
  key('https://netcorecloud.com/', ['pepipost', 'netcore_api'], ['{w32}']),
  key('https://crawlbase.com/docs', ['proxycrawl', 'crawlbase'], ['{u22}']),
  key('https://restpack.io/html2pdf/docs', ['restpack'], ['{w48}', '{w50}']),
  key('https://docs.serphouse.com/', ['serphouse'], ['{w60}', '{w62}']),
  key('https://shotstack.io/docs/', ['shotstack'], ['{w40}']),
  key('https://docs.signaturit.com/', ['signaturit'], ['{w86}']),
  key('https://www.simfin.com/', ['simfin'], ['{w32}']),
  key('https://www.stitchdata.com/docs/', ['stitchdata'], ['{w35}']),
  key('https://tmetric.com/', ['tmetric'], ['{w64}']),
  key('https://upcdatabase.org/api', ['upcdatabase'], ['{w32}']),
  key('https://developers.vbout.com/', ['vbout'], ['{w25}']),
  key('https://www.versioneye.com/api', ['versioneye'], ['{h40}', '{w40}']),
  key('https://www.visualcrossing.com/documentation/', ['visualcrossing'], ['{A25}']),
  key('https://webscraper.io/documentation', ['webscraper.io', 'webscraper'], ['{w60}']),
  key('https://www.zipcodeapi.com/API', ['zipcodeapi'], ['{w64}']),
  key('https://the-odds-api.com/', ['theoddsapi', 'the-odds-api'], ['{h32}']),
  key('https://ditto.com/', ['ditto'], ['{U}.{h40}'], true),
  key('https://www.blazemeter.com/', ['blazemeter'], ['{U}']),
  key('https://everhour.docs.apiary.io/', ['everhour'], ['{x4}-{x4}-{x6}-{x6}-{x8}']),
  key('https://docs.graphhopper.com/', ['graphhopper'], ['{U}']),
  key('https://developer.shortcut.com/api/rest/v3', ['shortcut'], ['{U}'], true),
  key('https://docs.etherscan.io/', ['etherscan', 'bscscan', 'polygonscan', 'arbiscan'], ['{A34}']),
  key('https://developer.cisco.com/meraki/api-v1/authorization/', ['meraki'], ['{h40}']),
  key('https://www.getbeamer.com/api', ['beamer'], ['b_{b40-50}']),
  key(
    'https://developers.mattermost.com/integrate/reference/personal-access-token/',
    ['mattermost'],
    ['{a26}']
  ),
  key('https://docs.travis-ci.com/user/triggering-builds/', ['travis'], ['{w22}'], true),
  key('https://docs.snyk.io/', ['snyk'], ['{U}']),
  key('https://docs.codecov.com/docs/codecov-tokens', ['codecov'], ['{U}']),
  key('https://circleci.com/docs/managing-api-tokens/', ['circleci', 'circle_token'], ['{h40}']),
  key(
    'https://docs.datadoghq.com/account_management/api-app-keys/',
    ['datadog', 'dd_api', 'dd_app'],
    ['{h32}', '{h40}']
  ),
  key('https://docs.rollbar.com/docs/access-tokens', ['rollbar'], ['{h32}']),
  key('https://docs.bugsnag.com/api/', ['bugsnag'], ['{h32}']),
  key('https://documentation.solarwinds.com/en/success_center/loggly/', ['loggly'], ['{U}']),
  key('https://support.pagerduty.com/main/docs/api-access-keys', ['pagerduty'], ['{b20}']),
  key(
    'https://developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/',
    ['trello'],
    ['{h32}', '{h64}']
  ),
  key('https://dev.bitly.com/docs/getting-started/authentication/', ['bitly'], ['{h40}']),
  key('https://developers.giphy.com/docs/api/', ['giphy'], ['{w32}']),
  key('https://developer.mapquest.com/documentation/', ['mapquest'], ['{w32}']),
  key('https://newsapi.org/docs/authentication', ['newsapi'], ['{h32}']),
  key('https://docs.virustotal.com/docs/api-overview', ['virustotal'], ['{h64}']),
  key('https://docs.abuseipdb.com/', ['abuseipdb'], ['{h80}']),
  key('https://urlscan.io/docs/api/', ['urlscan'], ['{U}']),
  key('https://hunter.io/api-documentation', ['hunter'], ['{a40}'], true),
  key('https://www.last.fm/api/authentication', ['lastfm'], ['{h32}']),
  key('https://developer.themoviedb.org/docs/getting-started', ['tmdb', 'themoviedb'], ['{h32}']),
  key('https://www.alphavantage.co/documentation/', ['alphavantage', 'alpha_vantage'], ['{A16}']),
  key('https://polygon.io/docs', ['polygon'], ['{w32}'], true),
  key('https://finnhub.io/docs/api/authentication', ['finnhub'], ['{a20}', '{a40}']),
  key('https://coinmarketcap.com/api/documentation/v1/', ['coinmarketcap'], ['{U}']),
  key('https://docs.infura.io/', ['infura'], ['{h32}']),
  key('https://developer.zendesk.com/api-reference/introduction/security-and-auth/', ['zendesk'], ['{w40}']),
  key('https://developers.freshdesk.com/api/#authentication', ['freshdesk', 'freshservice'], ['{w20}']),
  key('https://pipedrive.readme.io/docs/core-api-concepts-authentication', ['pipedrive'], ['{h40}']),
  key('https://documentation.bamboohr.com/docs/getting-started', ['bamboohr'], ['{h40}']),
  key('https://api.sevdesk.de/#section/Authentication-and-Authorization', ['sevdesk'], ['{h32}']),
  key('https://developers.lexoffice.io/docs/', ['lexoffice', 'lexware'], ['{U}']),
  key('https://developers.intercom.com/', ['intercom'], ['{q60}'], true),
  key(
    'https://jfrog.com/help/r/jfrog-platform-administration-documentation/',
    ['artifactory', 'jfrog'],
    ['{w64}', '{w73}']
  ),
  key('https://developers.asana.com/docs/', ['asana'], ['{x32}']),
  key('https://docs.mistral.ai/getting-started/quickstart/', ['mistral'], ['{w32}'], true),
  key('https://docs.cohere.com/reference/about', ['cohere'], ['{w40}'], true),
  key(
    'https://learn.microsoft.com/azure/ai-services/authentication',
    ['azure_openai', 'cognitive_services'],
    ['{h32}', '{w84}']
  ),
  key('https://www.assemblyai.com/docs/getting-started/', ['assemblyai'], ['{h32}']),
  key('https://developer.tomtom.com/knowledgebase/', ['tomtom'], ['{w32}']),
  key('https://docs.maptiler.com/cloud/api/', ['maptiler'], ['{w20}']),
  key('https://openrouteservice.org/dev/', ['openrouteservice'], ['{h56}']),
  key('https://docs.hetzner.cloud/#authentication', ['hcloud', 'hetzner'], ['{w64}']),
  key('https://www.vultr.com/api/', ['vultr'], ['{A36}']),
  key('https://techdocs.akamai.com/linode-api/reference/get-started', ['linode'], ['{h64}']),
  key(
    'https://developers.cloudflare.com/fundamentals/api/get-started/',
    ['cloudflare', 'cf_api'],
    ['{b40}', '{h37}']
  ),
  key('https://www.fastly.com/documentation/reference/api/auth-tokens/', ['fastly'], ['{b32}']),
  key(
    'https://docs.bunny.net/reference/bunnynet-api-overview',
    ['bunnynet', 'bunnycdn'],
    ['{h8}-{h4}-{h4}-{h4}-{h12}-{h4}-{h4}-{h4}-{h12}']
  ),
  key('https://www.namecheap.com/support/api/intro/', ['namecheap'], ['{h32}']),
  key('https://api.gandi.net/docs/authentication/', ['gandi'], ['{w24}']),
  key(
    'https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/',
    ['jenkins'],
    ['11{h32}', '{h32}']
  ),
  key('https://docs.drone.io/', ['drone'], ['{w32}'], true),
  key('https://www.redmine.org/projects/redmine/wiki/rest_api', ['redmine'], ['{h40}']),
  key('https://docs.gitea.com/development/api-usage', ['gitea', 'gogs', 'forgejo'], ['{h40}']),
  key('https://developer.matomo.org/api-reference/reporting-api', ['matomo', 'piwik'], ['{h32}']),
  key('https://docs.mixpanel.com/docs/', ['mixpanel'], ['{h32}']),
  key('https://amplitude.com/docs/apis/authentication', ['amplitude'], ['{h32}'], true),
  key('https://docs.adafruit.com/', ['adafruit'], ['{h32}']),
  key('https://docs.dwolla.com/', ['dwolla'], ['{w50}']),
  key('https://developer.okta.com/docs/guides/create-an-api-token/', ['okta'], ['00{b40}']),
  key(
    'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/#apptokens',
    ['facebook', 'fb_app'],
    ['{d13-17}|{b27}']
  ),
  key('https://bigmodel.cn/dev/api', ['zhipu', 'bigmodel', 'glm_api'], ['{h32}.{w16}']),
  key('https://developers.linkedin.com/', ['linkedin'], ['{w16}']),
  key('https://marketstack.com/documentation', ['apilayer'], ['{w32}']),
  key('https://getemail.io/', ['getemail'], ['{w20}']),
  key('https://docs.webflow.com/', ['webflow'], ['{h64}']),
  key('https://www.pivotaltracker.com/help/api', ['pivotaltracker'], ['{h32}']),
  key('https://wit.ai/docs/http', ['wit.ai'], ['{A32}']),
  key('https://rapidapi.com/docs', ['rapidapi', 'x-rapidapi'], ['{w50}']),
  key('https://core.telegram.org/bots/api#authorizing-your-bot', ['telegram'], ['{d8-10}:{b35}']),
  key('https://vercel.com/docs/rest-api', ['vercel'], ['{w24}']),
  key('https://docs.lob.com/#section/Authentication', ['lob'], ['(live|test)_{h35}'], true)
]
