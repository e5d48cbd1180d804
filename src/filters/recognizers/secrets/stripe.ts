import { joined, type SecretRule } from './rule.ts'

/** Stripe: secret, restricted and webhook keys. Publishable keys are public. */
export const stripeRules: readonly SecretRule[] = [
  {
    id: 'stripe-key',
    pattern: '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}',
    examples: {
      match: [joined('sk_liv', 'e_EdQXH0XRMUt2ccjydcvsapPB')],
      noMatch: ['sk_test_xxxxxxxxxxxx', 'pk_live_EdQXH0XRMUt2ccjydcvsapPB']
    },
    source: 'https://docs.stripe.com/keys'
  },
  {
    id: 'stripe-webhook-secret',
    pattern: 'whsec_[A-Za-z0-9+/]{32,64}={0,2}',
    examples: { match: [joined('whsec_', 'PnffuLSGQIJb8Qh02jlXhzUCfyTa83CS')], noMatch: ['whsec_...'] },
    source: 'https://docs.stripe.com/webhooks'
  }
]
