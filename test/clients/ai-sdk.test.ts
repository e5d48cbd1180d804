import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, type LanguageModel, Output, stepCountIs, streamText, tool } from 'ai'
import { type Case, runMatrix, type Situation } from './matrix.ts'

type Models = (model: string) => LanguageModel

const clients: Record<string, (baseUrl: string) => Models> = {
  '@ai-sdk/openai': baseURL => {
    const provider = createOpenAI({ baseURL, apiKey: 'unused' })
    return model => provider.chat(model)
  },
  '@ai-sdk/openai-compatible': baseURL => {
    const provider = createOpenAICompatible({ name: 'schleuse', baseURL })
    return model => provider.chatModel(model)
  }
}

interface Order {
  to: string
  note: string
  tags: string[]
}

const schema = jsonSchema<Order>({
  type: 'object',
  properties: {
    to: { type: 'string' },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } }
  },
  required: ['to', 'note', 'tags'],
  additionalProperties: false
})

/** The app's own tool: keeps what it was called with, answers with what only the app knows. */
const toolsOf = (situation: Situation, calls: Order[]) => ({
  send_mail: tool({
    description: 'Sends a mail',
    inputSchema: schema,
    execute: (input: Order) => {
      calls.push(input)
      return situation.toolResult
    }
  })
})

const common = { maxRetries: 0, instructions: 'Du beantwortest Mails.' } as const

const cases: Case<Models>[] = [
  {
    name: 'generateText',
    run: async (models, { model, mail }) => {
      const { text, finishReason, usage, response } = await generateText({
        ...common,
        model: models(model),
        prompt: mail
      })
      return { text, finishReason, usage, id: response.id, model: response.modelId }
    }
  },
  {
    name: 'streamText',
    run: async (models, { model, mail }) => {
      const result = streamText({ ...common, model: models(model), prompt: mail })
      let said = ''
      for await (const text of result.textStream) said += text
      return {
        said,
        finishReason: await result.finishReason,
        usage: await result.usage,
        text: await result.text
      }
    }
  },
  {
    name: 'generateText with tools, two steps',
    run: async (models, situation) => {
      const calls: Order[] = []
      const { text, steps } = await generateText({
        ...common,
        model: models(situation.model),
        prompt: situation.order,
        tools: toolsOf(situation, calls),
        stopWhen: stepCountIs(2)
      })
      return {
        text,
        calls,
        results: steps.flatMap(step => step.toolResults.map(({ input, output }) => ({ input, output })))
      }
    }
  },
  {
    name: 'streamText with tools, two steps',
    run: async (models, situation) => {
      const calls: Order[] = []
      const result = streamText({
        ...common,
        model: models(situation.model),
        prompt: situation.order,
        tools: toolsOf(situation, calls),
        stopWhen: stepCountIs(2)
      })
      let inputs = ''
      for await (const part of result.stream) if (part.type === 'tool-input-delta') inputs += part.delta
      return { text: await result.text, calls, inputs }
    }
  },
  {
    name: 'structured output',
    run: async (models, { model, order }) => {
      const { output } = await generateText({
        ...common,
        model: models(model),
        prompt: order,
        output: Output.object({ schema })
      })
      return output
    }
  },
  {
    name: 'structured output, streamed',
    run: async (models, { model, order }) => {
      const result = streamText({
        ...common,
        model: models(model),
        prompt: order,
        output: Output.object({ schema })
      })
      await result.consumeStream()
      return result.output
    }
  }
]

await runMatrix(clients, cases)
