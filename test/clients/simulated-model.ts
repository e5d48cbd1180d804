import { LLMock, type ChatCompletionRequest, type FixtureResponse } from '@copilotkit/aimock'
import { startWiretap } from '../support/wiretap.ts'

/** Deltas of 1, 3 and 20 characters cut codes, escapes and surrogate pairs. */
export const CHUNK_SIZES = [1, 3, 20] as const
export const MODELS = CHUNK_SIZES.map(size => `sim-${size}`)

/** A third-party simulator of OpenAI that says back what it is told to. */
export interface SimulatedModel {
  /** The simulator itself, for direct calls. */
  readonly directUrl: string
  /** Where the gateway sends: the same simulator, every byte recorded. */
  readonly tappedPort: number
  bytes(): Buffer
  stop(): Promise<void>
}

/** What the model shall answer stands between these in the last user message. */
const fence = /##([\s\S]*)##/

/** A user message that makes the model answer `said`. */
export const asking = (mail: string, said: string): string => `${mail}\n\n##${said}##`

const ENVELOPE = {
  id: 'chatcmpl-CfT3nq8WvKx0',
  created: 1_763_683_200,
  systemFingerprint: 'fp_51e1070cf2',
  usage: { prompt_tokens: 87, completion_tokens: 41, total_tokens: 128 }
}

/** A tool result is confirmed, an offered tool is called, anything else is said. */
function respond(request: ChatCompletionRequest): FixtureResponse {
  const last = request.messages.at(-1)
  if (last?.role === 'tool') return { ...ENVELOPE, content: `Erledigt: ${textOf(last.content)}` }
  const said = fence.exec(textOf(last?.content))?.[1] ?? 'nothing to say'
  const tool = request.tools?.[0]?.function.name
  if (tool) return { ...ENVELOPE, toolCalls: [{ id: 'call_Zk3PqD8v', name: tool, arguments: said }] }
  return { ...ENVELOPE, content: said }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: { text?: string }) => part.text ?? '').join('')
}

/** Starts aimock with one model per chunk size. */
export async function startSimulatedModel(): Promise<SimulatedModel> {
  const mock = new LLMock({ port: 0 })
  for (const chunkSize of CHUNK_SIZES) {
    mock.addFixture({ match: { model: new RegExp(`^sim-${chunkSize}$`) }, response: respond, chunkSize })
  }
  await mock.start()
  const tap = await startWiretap(mock.port)
  return {
    directUrl: `${mock.url}/v1`,
    tappedPort: tap.port,
    bytes: () => tap.bytes(),
    async stop() {
      await tap.close()
      await mock.stop()
    }
  }
}
