import { hasDigitsAndLetters, isMixed, rules, type SecretRule } from './rule.ts'

/** Models and the services around them. */
export const aiRules: readonly SecretRule[] = [
  ...rules('https://docs.anthropic.com/en/api/getting-started', [
    'anthropic-key',
    'sk-ant-(api|admin|oat|ort|sid){d2-3}-{b78-140}AA'
  ]),
  ...rules(
    'https://platform.openai.com/docs/api-reference/authentication',
    ['openai-key', 'sk-(proj-|svcacct-|admin-|None-|){b16-110}T3BlbkFJ{b16-110}'],
    ['openai-project-key', 'sk-(proj|svcacct|admin)-{b56-200}', { require: isMixed }],
    ['openai-legacy-key', 'sk-{w48}', { require: isMixed }],
    ['openai-session-key', 'sess-{w40}', { require: isMixed }]
  ),
  ...rules('https://openrouter.ai/docs/api-reference/authentication', ['openrouter-key', 'sk-or-v1-{h64}']),
  ...rules('https://api-docs.deepseek.com/', ['deepseek-key', 'sk-{h32}', { require: hasDigitsAndLetters }]),
  ...rules('https://platform.moonshot.ai/docs/', ['moonshot-key', 'sk-{b48}', { require: isMixed }]),
  ...rules('https://platform.minimax.io/docs/', [
    'minimax-key',
    'sk-(api|cp)-{b60-140}',
    { require: isMixed }
  ]),
  ...rules('https://docs.perplexity.ai/getting-started', ['perplexity-key', 'pplx-{w48}']),
  ...rules('https://console.groq.com/docs/quickstart', ['groq-key', 'gsk_{w52}']),
  ...rules('https://docs.x.ai/docs/overview', ['xai-key', 'xai-{b70-90}']),
  ...rules(
    'https://huggingface.co/docs/hub/security-tokens',
    ['hugging-face-token', 'hf_{c34}'],
    ['hugging-face-organization-token', 'api_org_{c34}']
  ),
  ...rules('https://replicate.com/docs/topics/security/api-tokens', ['replicate-token', 'r8_{b37-46}']),
  ...rules('https://docs.together.ai/docs/quickstart', ['together-key', 'tgp_v1_{b43}']),
  ...rules('https://docs.fireworks.ai/api-reference/introduction', ['fireworks-key', 'fw_{w22-26}']),
  ...rules('https://docs.api.nvidia.com/nim/docs/api-quickstart', ['nvidia-key', 'nvapi-{b60-70}']),
  ...rules('https://inference-docs.cerebras.ai/quickstart', ['cerebras-key', 'csk-{a48}']),
  ...rules('https://elevenlabs.io/docs/api-reference/authentication', ['elevenlabs-key', 'sk_{h48}']),
  ...rules('https://docs.cursor.com/en/account/teams/admin-api', ['cursor-key', 'key_{h64}']),
  ...rules('https://docs.retellai.com/api-references/', ['retell-key', 'key_{h28}']),
  ...rules('https://docs.dev.runwayml.com/', ['runway-key', 'key_{h128}']),
  ...rules('https://docs.smith.langchain.com/', ['langsmith-key', 'lsv2_(pt|sk)_{h32}_{h10}']),
  ...rules('https://docs.pinecone.io/guides/projects/manage-api-keys', [
    'pinecone-key',
    'pcsk_{w5-6}_{w60-64}'
  ]),
  ...rules('https://docs.tavily.com/documentation/quickstart', ['tavily-key', 'tvly-(dev-|prod-|){w32}']),
  ...rules('https://ai.google.dev/gemini-api/docs/api-key', ['gemini-key', 'AQ.Ab{b46-60}']),
  ...rules('https://docs.voiceflow.com/docs/api-keys', ['voiceflow-key', 'VF.(DM|WS).{h24}.{w16}']),
  ...rules('https://docs.wandb.ai/models/ref', ['wandb-key', 'wandb_v1_{u70-90}']),
  ...rules('https://docs.coderabbit.ai/', ['coderabbit-key', 'cr-{h58}']),
  ...rules('https://jina.ai/reader', ['jina-key', 'jina_{h32}{b28}']),
  ...rules('https://modal.com/docs/reference/cli/token', [
    'modal-token',
    '(ak|as)-{w22}',
    { require: isMixed }
  ]),
  ...rules('https://docs.cloud.llamaindex.ai/', ['llamaindex-key', 'llx-{w48}']),
  ...rules('https://docs.firecrawl.dev/', ['firecrawl-key', 'fc-{h32}', { require: hasDigitsAndLetters }]),
  ...rules('https://e2b.dev/docs/api-key', ['e2b-key', '(e2b|sk_e2b)_{h40}']),
  ...rules(
    'https://docs.devin.ai/api-reference/authentication',
    ['devin-key', 'apk_(user_|){s80-260}', { require: isMixed }],
    ['devin-service-token', 'cog_{a52}']
  ),
  ...rules('https://docs.databricks.com/aws/en/dev-tools/auth/pat', ['databricks-token', 'dap(i|ie){x32}']),
  ...rules('https://docs.anyscale.com/', ['anyscale-key', '(esecret|aph0)_{w20-30}']),
  ...rules('https://docs.lambda.ai/', ['lambda-key', 'secret_{h30-32}_{h32}.{w32}'])
]
