import t from 'tap'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Assistants, threads and runs, with a provider that keeps them. */

const weber = 'Frau Anna Weber, "wohnhaft" am See, anna.weber@kanzlei-weber.de'
const bauer = 'Herr Max Bauer, max.bauer@kanzlei-weber.de'

/** What the provider keeps: as it got it. */
let instructions = ''
let messages: string[] = []

const run = (status: string) => ({
  id: 'run_1',
  object: 'thread.run',
  thread_id: 'thread_1',
  assistant_id: 'asst_1',
  status,
  instructions
})
const message = (text: string, status = 'completed') => ({
  id: 'msg_1',
  object: 'thread.message',
  thread_id: 'thread_1',
  role: 'assistant',
  status,
  content: text === '' ? [] : [{ type: 'text', text: { value: text, annotations: [] } }]
})

function streamOf(text: string, args: string): Buffer[] {
  const event = (name: string, data: object) =>
    Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  const delta = (value: string) => ({
    id: 'msg_1',
    object: 'thread.message.delta',
    delta: { content: [{ index: 0, type: 'text', text: { value } }] }
  })
  const step = (slice: string) => ({
    id: 'step_1',
    object: 'thread.run.step.delta',
    delta: {
      step_details: {
        type: 'tool_calls',
        tool_calls: [{ index: 0, type: 'function', function: { arguments: slice } }]
      }
    }
  })
  const calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: args, output: null } }]
  return [
    event('thread.run.created', run('queued')),
    event('thread.message.created', message('', 'in_progress')),
    ...(text.match(/.{1,5}/gs) ?? []).map(slice => event('thread.message.delta', delta(slice))),
    event('thread.message.completed', message(text)),
    ...(args.match(/.{1,5}/gs) ?? []).map(slice => event('thread.run.step.delta', step(slice))),
    event('thread.run.step.completed', {
      id: 'step_1',
      object: 'thread.run.step',
      status: 'completed',
      step_details: { type: 'tool_calls', tool_calls: calls }
    }),
    event('thread.run.completed', run('completed')),
    Buffer.from('event: done\ndata: [DONE]\n\n')
  ]
}

const script: Script = (request, reply) => {
  const path = request.target.replace('/v1', '')
  const body = (request.text === '' ? {} : JSON.parse(request.text)) as {
    instructions?: string
    content?: string
    messages?: { content: string }[]
    stream?: boolean
    thread?: { messages: { content: string }[] }
    additional_messages?: { content: string }[]
    tool_outputs?: { output: string }[]
  }
  if (path === '/assistants') instructions = body.instructions ?? ''
  if (path.startsWith('/assistants'))
    return reply.json({ id: 'asst_1', object: 'assistant', instructions, model: 'm', tools: [] })
  const told = [
    ...(body.messages ?? []),
    ...(body.thread?.messages ?? []),
    ...(body.additional_messages ?? [])
  ]
  messages.push(...told.map(({ content }) => content), ...(body.content === undefined ? [] : [body.content]))
  messages.push(...(body.tool_outputs ?? []).map(({ output }) => output))
  const all = [instructions, ...messages].join(' | ')
  if (body.stream === true) return reply.stream(streamOf(`${all} PERSON_`, JSON.stringify({ all })))
  if (path.endsWith('/messages') && request.method === 'GET')
    return reply.json({
      object: 'list',
      data: [message(all)],
      first_id: 'msg_1',
      last_id: 'msg_1',
      has_more: false
    })
  if (path.endsWith('/runs/run_1'))
    return reply.json({
      ...run('requires_action'),
      required_action: {
        type: 'submit_tool_outputs',
        submit_tool_outputs: {
          tool_calls: [
            { id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify({ all }) } }
          ]
        }
      }
    })
  if (path.endsWith('/runs')) return reply.json(run('queued'))
  return reply.json({ id: 'thread_1', object: 'thread', metadata: {} })
}

const provider = await startRawServer(script)
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
t.teardown(() => gateway.stop())

async function call(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${gateway.baseUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
  return { status: response.status, text: await response.text() }
}

const noneLeft = (t: { notMatch(found: string, value: string): unknown }) => {
  for (const value of ['Weber', 'Bauer', 'kanzlei']) t.notMatch(provider.bytes().toString('utf8'), value)
}

t.beforeEach(async () => {
  messages = []
  provider.forget()
  await call('POST', '/assistants', { model: 'm', name: 'Hilfe', instructions: `Hilf: ${weber}` })
})

t.test('a thread knows what its messages and its assistant said', async t => {
  t.match((await call('GET', '/assistants/asst_1')).text, JSON.stringify(weber).slice(1, -1))
  await call('POST', '/threads', { messages: [{ role: 'user', content: bauer }] })
  await call('POST', '/threads/thread_1/messages', { role: 'user', content: `Noch einmal ${bauer}` })
  t.equal((await call('POST', '/threads/thread_1/runs', { assistant_id: 'asst_1' })).status, 200)
  const { text } = await call('GET', '/threads/thread_1/messages')
  const list = JSON.parse(text) as { data: { content: { text: { value: string } }[] }[] }
  t.equal(list.data[0]?.content[0]?.text.value, `Hilf: ${weber} | ${bauer} | Noch einmal ${bauer}`)
  const action = JSON.parse((await call('GET', '/threads/thread_1/runs/run_1')).text) as {
    required_action: { submit_tool_outputs: { tool_calls: { function: { arguments: string } }[] } }
  }
  const args = action.required_action.submit_tool_outputs.tool_calls[0]?.function.arguments ?? ''
  t.same(JSON.parse(args), { all: list.data[0]?.content[0]?.text.value })
  await call('POST', '/threads/thread_1/runs/run_1/submit_tool_outputs', {
    tool_outputs: [{ tool_call_id: 'c', output: weber }]
  })
  noneLeft(t)
})

t.test('a run streams: deltas, snapshots and tool calls agree', async t => {
  const { text } = await call('POST', '/threads/runs', {
    assistant_id: 'asst_1',
    stream: true,
    thread: { messages: [{ role: 'user', content: bauer }] }
  })
  const wanted = `Hilf: ${weber} | ${bauer}`
  let said = ''
  let args = ''
  for (const [, name = '', data = ''] of text.matchAll(/^event: (\S+)\ndata: (\{.*)$/gm)) {
    const event = JSON.parse(data) as {
      delta: {
        content: { text: { value: string } }[]
        step_details: { tool_calls: { function: { arguments: string } }[] }
      }
      content: { text: { value: string } }[]
    }
    if (name === 'thread.message.delta') said += event.delta.content[0]?.text.value ?? ''
    if (name === 'thread.run.step.delta')
      args += event.delta.step_details.tool_calls[0]?.function.arguments ?? ''
    if (name === 'thread.message.completed') t.equal(event.content[0]?.text.value, `${wanted} PERSON_`)
  }
  t.equal(said, `${wanted} PERSON_`, 'a broken code is let out before the message ends')
  t.same(JSON.parse(args), { all: wanted })
  t.match(text, /event: done\ndata: \[DONE\]\n\n$/)
  t.match((await call('GET', '/threads/thread_1/messages')).text, 'Max Bauer', 'the new thread can be named')
  noneLeft(t)
})

t.test('who names nothing known gets nothing', async t => {
  for (const path of ['/threads/thread_9/messages', '/assistants/asst_9'])
    t.equal((await call('GET', path)).status, 404)
  t.equal((await call('POST', '/threads/thread_9/messages', { role: 'user', content: 'x' })).status, 404)
  const tools = [{ type: 'code_interpreter' }]
  t.match((await call('POST', '/assistants', { model: 'm', tools })).text, 'SCHLEUSE_PROVIDER_TOOLS_REFUSED')
  const content = [{ type: 'image_file', image_file: { file_id: 'file-9' } }]
  t.match(
    (await call('POST', '/threads', { messages: [{ role: 'user', content }] })).text,
    'SCHLEUSE_OPAQUE_REFUSED'
  )
})
