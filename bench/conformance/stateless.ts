import { email, iban, text } from './planted.ts'
import type { ConformanceRequest } from './request.ts'

/** Completions, embeddings, moderations. */
export const statelessRequests: readonly ConformanceRequest[] = [
  {
    name: 'legacy completion, all parameters',
    path: '/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-3.5-turbo-instruct',
      prompt: [text, `Konto ${iban}`],
      suffix: `Gruß an ${email}`,
      stop: [`Ende ${email}`],
      user: email,
      best_of: 2,
      echo: true,
      frequency_penalty: 0,
      logit_bias: { '50256': -100 },
      logprobs: 2,
      max_tokens: 10,
      n: 1,
      presence_penalty: 0,
      seed: 12,
      stream: false,
      temperature: 1,
      top_p: 1
    }
  },
  {
    name: 'legacy completion, streaming, one prompt',
    path: '/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-3.5-turbo-instruct',
      prompt: text,
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false }
    }
  },
  {
    name: 'embeddings of several texts, all parameters',
    path: '/embeddings',
    needsAllowing: false,
    body: {
      model: 'text-embedding-3-small',
      input: [text, `Konto ${iban}`],
      dimensions: 256,
      encoding_format: 'float',
      user: email
    }
  },
  {
    name: 'moderation of parts',
    path: '/moderations',
    needsAllowing: true,
    body: {
      model: 'omni-moderation-latest',
      input: [
        { type: 'text', text },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }
      ]
    }
  },
  {
    name: 'moderation of texts',
    path: '/moderations',
    needsAllowing: false,
    body: { model: 'omni-moderation-latest', input: [text, `Konto ${iban}`] }
  }
]
