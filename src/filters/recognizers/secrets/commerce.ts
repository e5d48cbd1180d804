import { hasDigit, hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Payments, banking, shops, shipping, accounting. */
export const commerceRules: readonly SecretRule[] = [
  ...rules(
    'https://docs.stripe.com/keys',
    ['stripe-key', '(sk|rk)_(live|test|prod)_{w10-100}', { require: hasDigitsAndLetters }],
    ['stripe-webhook-secret', 'whsec_{s32-70}', { require: isMixed }]
  ),
  ...rules(
    'https://developer.squareup.com/docs/build-basics/access-tokens',
    ['square-token', 'EAAA{b24-70}', { require: isMixed }],
    ['square-legacy-token', 'sq0(atp|csp|idp|ids|at)-{b22-50}', { require: hasDigit }]
  ),
  ...rules('https://developer.paypal.com/braintree/docs/', [
    'braintree-token',
    'access_token$(production|sandbox)${a16}${h32}'
  ]),
  ...rules('https://docs.adyen.com/development-resources/api-credentials/', [
    'adyen-key',
    'AQE{w5}{s80-200}',
    { require: isMixed }
  ]),
  ...rules('https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/', [
    'razorpay-key',
    'rzp_(live|test)_{w14}',
    { require: hasDigit }
  ]),
  ...rules(
    'https://developer.flutterwave.com/docs/authentication',
    ['flutterwave-key', 'FLW(SECK|PUBK)(_TEST|)-{x32}-X'],
    ['flutterwave-encryption-key', 'FLWSECK(_TEST|)-{x12}']
  ),
  ...rules('https://www.checkout.com/docs/developer-resources/api/api-authentication', [
    'checkout-key',
    'sk_(sbox_|test_|){U}'
  ]),
  ...rules('https://developer.gocardless.com/getting-started/api/', [
    'gocardless-token',
    'live_{q40}',
    { require: hasDigit }
  ]),
  ...rules('https://plaid.com/docs/api/tokens/', [
    'plaid-token',
    '(access|public|link)-(sandbox|development|production)-{U}'
  ]),
  ...rules(
    'https://docs.mollie.com/reference/authentication',
    ['mollie-key', '(live|test)_{w30}', { require: isMixed }],
    ['mollie-access-token', 'access_{w30}', { require: isMixed }]
  ),
  ...rules('https://docs.asaas.com/', ['asaas-key', '$aact_{p30-260}', { require: hasDigitsAndLetters }]),
  ...rules('https://docs.midtrans.com/', [
    'midtrans-key',
    '(Mid|SB-Mid)-(server|client)-{b16-24}',
    { require: isMixed }
  ]),
  ...rules('https://www.mercadopago.com/developers/en/docs', [
    'mercadopago-token',
    'APP_USR-{d10-20}-{d6}-{h32}-{d6-12}'
  ]),
  ...rules('https://duffel.com/docs/api/overview/welcome', ['duffel-token', 'duffel_(test|live)_{q43}']),
  ...rules('https://docs.easypost.com/docs/authentication', [
    'easypost-key',
    'EZ(AK|TK){w54}',
    { require: isMixed }
  ]),
  ...rules('https://docs.goshippo.com/docs/guides_general/authentication/', [
    'shippo-token',
    'shippo_(live|test)_{x40}'
  ]),
  ...rules(
    'https://docs.lob.com/',
    ['lob-key', '(live|test)_{h35}', { require: hasDigitsAndLetters }],
    ['lob-publishable-key', '(live|test)_pub_{h31}']
  ),
  ...rules('https://shopify.dev/docs/apps/build/authentication-authorization', [
    'shopify-token',
    'shp(at|ca|pa|ss|ua|tka)_{x32}'
  ]),
  ...rules('https://developers.tickettailor.com/', ['tickettailor-key', 'sk_{d4}_{d6}_{h32}']),
  ...rules('https://developer.paddle.com/api-reference/about/api-keys', [
    'paddle-key',
    'pdl_(live|sdbx)_apikey_{a26}_{w22}_{w3}'
  ]),
  ...rules('https://docs.polar.sh/integrate/authentication', [
    'polar-token',
    'polar_(oat|pat|whs|ci)_{w32-50}'
  ]),
  ...rules('https://docs.ramp.com/', ['ramp-key', 'ramp_(id|sec)_{w40-56}', { require: isMixed }]),
  ...rules('https://apidocs.flexport.com/', ['flexport-token', 'shltm_{b40-45}']),
  ...rules('https://docs.pagar.me/', ['pagarme-key', 'ak_(live|test)_{w30}']),
  ...rules('https://docs.mercury.com/', [
    'mercury-token',
    'secret-token:mercury_(production|sandbox)_{b30-90}'
  ]),
  ...rules('https://docs.moderntreasury.com/', [
    'modern-treasury-key',
    '(live|test)-{w40-60}',
    { require: isMixed }
  ]),
  ...rules('https://docs.withpersona.com/', [
    'persona-key',
    'persona_(production|sandbox)_{b30-50}',
    { require: hasDigit }
  ]),
  ...rules('https://developer.notarize.com/', ['proof-key', 'prf_{u30-60}', { require: isMixed }]),
  ...rules('https://docs.klarna.com/api/authentication/', [
    'klarna-key',
    'klarna_(live|test)_api_{p40-200}',
    { require: hasDigit }
  ])
]
