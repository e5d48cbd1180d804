import t from 'tap'
import { canaries, mailWith } from '../../support/canaries.ts'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { findLeaks } from '../../support/leaks.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Files, batches and vector stores: read on their way out, restored on their way back. */

/** What the provider keeps: as it got it. */
const stored = new Map<string, Buffer>()
/** What lists of the provider show: objects of whoever uses the same account. */
const listed: { id: string; name?: string; filename?: string; metadata?: object }[] = []
const script: Script = (request, reply) => {
  const path = request.target.replace('/v1', '')
  if (request.method === 'POST' && path === '/files') {
    const [file] = parts(request.body, request.headers.get('content-type') ?? '').filter(
      part => part.filename !== null
    )
    const id = `file-${stored.size}`
    stored.set(id, file?.body ?? Buffer.alloc(0))
    return reply.json({
      id,
      object: 'file',
      bytes: file?.body.length,
      filename: file?.filename,
      purpose: 'user_data'
    })
  }
  const content = /^\/files\/([\w-]+)\/content$/.exec(path)?.[1]
  if (content !== undefined)
    return reply.send(200, { 'content-type': 'application/octet-stream' }, stored.get(content) ?? '')
  if (request.method === 'GET' && /^\/(?:files|vector_stores|batches|assistants)(?:\?|$)/.test(path))
    return reply.json({ object: 'list', data: listed, first_id: listed[0]?.id, has_more: false })
  const file = /^\/files\/([\w-]+)$/.exec(path)?.[1]
  if (request.method === 'POST' && path === '/batches') {
    const { input_file_id: input } = JSON.parse(request.text) as { input_file_id: string }
    const lines = (stored.get(input) ?? '').toString('utf8').trim().split('\n')
    stored.set('file-result', Buffer.from(lines.map(answerLine).join('\n')))
    return reply.json({
      id: 'batch-1',
      object: 'batch',
      input_file_id: input,
      status: 'validating',
      output_file_id: null
    })
  }
  if (path === '/batches/batch-1')
    return reply.json({ id: 'batch-1', object: 'batch', status: 'completed', output_file_id: 'file-result' })
  if (request.method === 'POST' && path === '/vector_stores')
    return reply.json({
      id: 'vs-1',
      object: 'vector_store',
      name: (JSON.parse(request.text) as { name: string }).name
    })
  if (path === '/vector_stores/vs-1/files') return reply.json({ id: 'file-0', object: 'vector_store.file' })
  if (path === '/vector_stores/vs-1/search') {
    const { query } = JSON.parse(request.text) as { query: string }
    const found = [...stored].filter(([, content]) => content.toString('utf8').includes(query))
    const data = found.map(([id, content]) => ({
      file_id: id,
      filename: 'x.txt',
      score: 1,
      attributes: {},
      content: [{ type: 'text', text: content.toString('utf8') }]
    }))
    return reply.json({
      object: 'vector_store.search_results.page',
      search_query: query,
      data,
      has_more: false
    })
  }
  if (path === '/responses') {
    const text = [...stored.values()].map(String).find(content => content.includes('PERSON_')) ?? ''
    return reply.json({
      id: 'resp-1',
      object: 'response',
      output: [
        { type: 'file_search_call', id: 'f', queries: ['x'], results: [{ file_id: 'file-0', text }] },
        {
          type: 'message',
          id: 'm',
          role: 'assistant',
          content: [{ type: 'output_text', text, annotations: [] }]
        }
      ]
    })
  }
  if (file !== undefined) return reply.json({ id: file, object: 'file', filename: 'Akte.txt', deleted: true })
  return reply.json({ id: 'x', error: 'unknown' })
}

/** What a provider makes of a line: it repeats what it was told, in the answer and in a tool call. */
function answerLine(line: string): string {
  const { custom_id, url, body } = JSON.parse(line) as {
    custom_id: string
    url: string
    body: { input?: string; messages?: { content: string }[] }
  }
  const said = body.messages?.[0]?.content ?? String(body.input)
  const tool_calls = [
    { id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify({ said }) } }
  ]
  const answer = url.endsWith('completions')
    ? { choices: [{ index: 0, message: { role: 'assistant', content: said, tool_calls } }] }
    : { object: 'response', output: [{ type: 'message', content: [{ type: 'output_text', text: said }] }] }
  return JSON.stringify({
    id: 'r',
    custom_id,
    response: { status_code: 200, request_id: 'q', body: answer },
    error: null
  })
}

interface Part {
  readonly name: string
  readonly filename: string | null
  readonly body: Buffer
}

/** An independent reader of forms: that of the platform gives the bytes of each part. */
function parts(body: Buffer, type: string): Part[] {
  const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? ''
  return body
    .toString('latin1')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map(part => {
      const end = part.indexOf('\r\n\r\n')
      const head = Buffer.from(part.slice(0, end), 'latin1').toString('utf8')
      return {
        name: / name="([^"]*)"/.exec(head)?.[1] ?? '',
        filename: /filename="([^"]*)"/.exec(head)?.[1] ?? null,
        body: Buffer.from(part.slice(end + 4, -2), 'latin1')
      }
    })
}

const provider = await startRawServer(script)
t.teardown(() => provider.close())
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m', 'gpt-5'])] })
t.teardown(() => gateway.stop())

const planted = canaries(83)
const letter = mailWith(planted)
const leaks = async () =>
  findLeaks(planted, {
    provider: provider.bytes(),
    stored: Buffer.concat([...stored.values()]),
    ...(await gateway.places())
  })

async function upload(name: string, content: string | Buffer, purpose = 'user_data', type = 'text/plain') {
  const form = new FormData()
  form.set('purpose', purpose)
  form.set('expires_after[anchor]', 'created_at')
  form.set('expires_after[seconds]', '3600')
  form.set('file', new Blob([new Uint8Array(Buffer.from(content))], { type }), name)
  const response = await fetch(`${gateway.baseUrl}/files`, { method: 'POST', body: form })
  const body = (await response.json()) as { id: string; filename: string; error?: { code: string } }
  return { status: response.status, ...body }
}

const download = async (id: string) => (await fetch(`${gateway.baseUrl}/files/${id}/content`)).text()

const rows = planted.map(({ sentence }) => sentence).filter(sentence => !/["\n]/.test(sentence))
/** Numbers come back as numbers, the same digits as text come back as text. */
const numbers = { kreditkarte: 4111111111111111, steuer_id: 86095742719, als_text: '86095742719', n: 7 }
const documents: readonly [name: string, type: string, content: string][] = [
  ['brief.txt', 'text/plain', letter],
  ['brief.md', 'text/markdown', `# Brief\n\n> ${letter}`],
  ['brief.html', 'text/html', `<html><body><p>${letter}</p></body></html>`],
  ['brief.xml', 'application/xml', `<brief>${letter}</brief>`],
  ['brief.json', 'application/json', JSON.stringify({ text: letter, nested: [{ text: letter }] }, null, 2)],
  [
    'brief.jsonl',
    'application/jsonl',
    `${JSON.stringify({ text: letter })}\n\n${JSON.stringify([letter])}\n`
  ],
  ['zahlen.json', 'application/json', JSON.stringify({ kunden: [numbers, [numbers.steuer_id]] }, null, 2)],
  ['zahlen.jsonl', 'application/jsonl', `${JSON.stringify(numbers)}\n${JSON.stringify(numbers)}\n`],
  [
    'viele.json',
    'application/json',
    JSON.stringify({ zeilen: Array(40_000).fill('Es regnet heute wieder, sagt man.'), ...numbers })
  ],
  ['zeilen.csv', 'text/csv', `Nr;Wert\r\n${rows.map((value, at) => `${at};"${value}"`).join('\r\n')}\r\n`]
]

for (const [name, type, content] of documents)
  t.test(`${name} leaves without what it holds and comes back as it was`, async t => {
    const { status, id, filename } = await upload(name, content, 'user_data', type)
    t.equal(status, 200)
    t.equal(filename, name)
    t.not(stored.get(id)?.toString('utf8'), content)
    t.equal(await download(id), content)
    t.strictSame(await leaks(), [])
  })

t.test('a mail: words hidden by encodings are read, what is no text is refused', async t => {
  const mail = (type: string) =>
    [
      'From: =?utf-8?Q?Anna_Weber?= <anna.weber@kanzlei-weber.de>',
      'Subject: Unterlagen',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe von Frau Anna We=',
      'ber, IBAN DE89 3704 0044 0532 0130 00',
      '--b1',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('Rückruf: anna.weber@kanzlei-weber.de').toString('base64'),
      '--b1--',
      ''
    ].join('\r\n')
  const { status, id } = await upload(
    'post.eml',
    mail('text/plain; charset=utf-8'),
    'user_data',
    'message/rfc822'
  )
  t.equal(status, 200)
  const kept = stored.get(id)?.toString('utf8') ?? ''
  for (const value of ['Weber', 'kanzlei', '3704']) t.notMatch(kept, value)
  t.match(kept, 'Grüße von Frau PERSON_')
  t.match(await download(id), 'Grüße von Frau Anna Weber, IBAN DE89 3704 0044 0532 0130 00')
  t.match(await download(id), 'Rückruf: anna.weber@kanzlei-weber.de')
  const refused = await upload('post.eml', mail('application/pdf'), 'user_data', 'message/rfc822')
  t.equal(refused.error?.code, 'SCHLEUSE_OPAQUE_REFUSED')
})

t.test('what can’t be read is refused, whatever it is called', async t => {
  provider.forget()
  for (const [name, content, type] of [
    ['scan.pdf', Buffer.from('%PDF-1.7 ...'), 'application/pdf'],
    ['brief.txt', Buffer.from([0x41, 0, 0x42]), 'text/plain'],
    ['brief.txt', Buffer.from([0xff, 0xfe, 0x41]), 'text/plain'],
    ['ohne', Buffer.from('text'), 'application/octet-stream']
  ] as const)
    t.equal((await upload(name, content, 'user_data', type)).error?.code, 'SCHLEUSE_OPAQUE_REFUSED', name)
  t.equal(provider.bytes().length, 0)
})

t.test('forms that readers take differently are refused', async t => {
  const send = (body: string, type = 'multipart/form-data; boundary=b') =>
    fetch(`${gateway.baseUrl}/files`, { method: 'POST', headers: { 'content-type': type }, body })
  const part = (head: string) => `--b\r\n${head}\r\n\r\nx\r\n--b--\r\n`
  for (const body of [
    'x',
    '--b--x',
    '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    part('Content-Disposition: form-data'),
    part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'),
    part('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"'),
    part('Content-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=c'),
    `preamble${part('Content-Disposition: form-data; name="a"')}`,
    `${part('Content-Disposition: form-data; name="a"')}epilogue`
  ]) {
    const response = await send(body)
    t.match(await response.json(), { error: { code: 'SCHLEUSE_BODY_NOT_FORM' } }, JSON.stringify(body))
  }
  t.match(await (await send('{}', 'application/json')).json(), {
    error: { code: 'SCHLEUSE_BODY_MEDIA_TYPE' }
  })
  t.match(await (await send('x', 'multipart/form-data')).json(), {
    error: { code: 'SCHLEUSE_BODY_NOT_FORM' }
  })
})

t.test('lists: names of what the app made are restored, those of others are not', async t => {
  const name = 'Akte_anna.weber@kanzlei-weber.de.txt'
  const { id } = await upload(name, 'Nichts.')
  const sent = provider.requests.at(-1)?.text ?? ''
  const filename = /filename="([^"]*)"/.exec(sent)?.[1] ?? ''
  t.match(filename, /EMAIL_/)
  const mine = { id, object: 'file', filename, purpose: 'user_data', metadata: { zu: filename } }
  listed.splice(0, listed.length, mine, { ...mine, id: 'file-of-another' })
  for (const path of ['files', 'files?limit=2', 'batches', 'vector_stores', 'assistants']) {
    const response = await fetch(`${gateway.baseUrl}/${path}`)
    const { data } = (await response.json()) as { data: (typeof mine)[] }
    t.equal(response.status, 200, path)
    t.equal(data[0]?.metadata.zu, name, path)
    if (path.startsWith('files')) t.equal(data[0]?.filename, name, path)
  }
  listed.shift()
  const { data } = (await (await fetch(`${gateway.baseUrl}/files`)).json()) as { data: (typeof mine)[] }
  t.equal(data[0]?.filename, filename, 'nothing of it was made by this app')
})

t.test('unknown files are refused, deleted ones are forgotten', async t => {
  const { id } = await upload('brief.txt', letter)
  t.equal((await fetch(`${gateway.baseUrl}/files/${id}`)).status, 200)
  t.equal((await fetch(`${gateway.baseUrl}/files/${id}`, { method: 'DELETE' })).status, 200)
  for (const path of [id, `${id}/content`, 'file-strange'])
    t.equal((await fetch(`${gateway.baseUrl}/files/${path}`)).status, 404, path)
})

const post = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${gateway.baseUrl}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body)
  })
  return { status: response.status, text: await response.text() }
}

const weber = 'Frau Anna Weber, "wohnhaft" am See, IBAN DE89 3704 0044 0532 0130 00'

t.test('a batch: each line by the rules of its endpoint, its results restored', async t => {
  stored.clear()
  const lines = [
    {
      custom_id: 'anna.weber@kanzlei-weber.de',
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'm', messages: [{ role: 'user', content: weber }] }
    },
    { custom_id: 'b', method: 'POST', url: '/v1/responses', body: { model: 'm', input: weber } }
  ]
  const input = lines.map(line => JSON.stringify(line)).join('\n')
  const { id, status } = await upload('batch.jsonl', input, 'batch', 'application/jsonl')
  t.equal(status, 200)
  for (const value of ['Weber', 'kanzlei', '3704']) t.notMatch(stored.get(id)?.toString('utf8'), value)
  t.equal(
    (await post('/batches', { input_file_id: id, endpoint: '/v1/responses', completion_window: '24h' }))
      .status,
    200
  )
  t.equal((await fetch(`${gateway.baseUrl}/files/file-result/content`)).status, 404, 'not before it is named')
  await (await fetch(`${gateway.baseUrl}/batches/batch-1`)).arrayBuffer()
  const result = (await download('file-result')).split('\n').map(line => JSON.parse(line) as ResultLine)
  t.equal(result[0]?.custom_id, lines[0]?.custom_id)
  const message = result[0]?.response.body.choices?.[0]?.message
  t.equal(message?.content, weber)
  t.same(JSON.parse(message?.tool_calls[0]?.function.arguments ?? ''), { said: weber })
  t.equal(result[1]?.response.body.output?.[0]?.content[0]?.text, weber)
})

interface ResultLine {
  readonly custom_id: string
  readonly response: {
    readonly body: {
      readonly choices?: readonly {
        message: { content: string; tool_calls: { function: { arguments: string } }[] }
      }[]
      readonly output?: readonly { content: { text: string }[] }[]
    }
  }
}

t.test('a batch is refused for one line that may not leave', async t => {
  provider.forget()
  const line = (more: object) =>
    JSON.stringify({
      custom_id: 'a',
      method: 'POST',
      url: '/v1/responses',
      body: { model: 'm', input: 'x' },
      ...more
    })
  for (const [more, code] of [
    [{ url: '/v1/audio/speech' }, 'SCHLEUSE_LINE_NOT_COVERED'],
    [{ method: 'GET' }, 'SCHLEUSE_LINE_NOT_REQUEST'],
    [{ custom_id: 1 }, 'SCHLEUSE_LINE_NOT_REQUEST'],
    [{ body: { model: 'a b', input: 'x' } }, 'SCHLEUSE_MODEL_MALFORMED'],
    [{ body: { model: 'm', input: 'x', previous_response_id: 'resp-9' } }, 'SCHLEUSE_STATE_UNKNOWN'],
    [
      { body: { model: 'm', input: 'x', tools: [{ type: 'web_search' }] } },
      'SCHLEUSE_PROVIDER_TOOLS_REFUSED'
    ],
    [{ url: '/v1/embeddings', body: { model: 'm', input: [1, 2] } }, 'SCHLEUSE_OPAQUE_REFUSED'],
    [
      {
        body: {
          model: 'm',
          input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'data:image/png;base64,AA' }] }]
        }
      },
      'SCHLEUSE_OPAQUE_REFUSED'
    ]
  ] as const) {
    const { error } = await upload('batch.jsonl', `${line({})}\n${line(more)}`, 'batch', 'application/jsonl')
    t.equal(error?.code, code, JSON.stringify(more))
  }
  t.equal((await upload('batch.jsonl', 'no json', 'batch')).error?.code, 'SCHLEUSE_LINE_NOT_REQUEST')
  t.match(
    (await post('/batches', { input_file_id: 'file-none', endpoint: '/v1/responses' })).text,
    'SCHLEUSE_STATE_UNKNOWN'
  )
  t.equal(provider.bytes().length, 0)
})

t.test('a vector store: queries speak as the files do, what is found is restored', async t => {
  stored.clear()
  const first = await upload('a.txt', `${weber}.`)
  const made = await post('/vector_stores', { name: 'Akten von Frau Anna Weber', file_ids: [first.id] })
  t.match(made.text, 'Akten von Frau Anna Weber')
  const late = await upload('b.txt', 'Rückruf: anna.weber@kanzlei-weber.de')
  await post('/vector_stores/vs-1/files', { file_id: late.id })
  t.match(
    (await post('/vector_stores/vs-1/search', { query: 'anna.weber@kanzlei-weber.de' })).text,
    'Rückruf: anna.weber@kanzlei-weber.de'
  )
  const found = await post('/vector_stores/vs-1/search', { query: 'DE89 3704 0044 0532 0130 00' })
  t.match(found.text, JSON.stringify(`${weber}.`))
  for (const value of ['Weber', 'kanzlei', '3704'])
    t.notMatch(provider.requests.map(({ text }) => text).join(), value)
  t.equal((await post('/vector_stores/vs-9/search', { query: 'x' })).status, 404)
})

t.test('file search in an answer is restored, and so are the turns after it', async t => {
  const policy = { id: 'tools', version: 1, providerTools: 'allow' }
  const other = await startGateway({ providers: [localProvider(provider.port, ['m'])], policy })
  t.teardown(() => other.stop())
  stored.clear()
  const ask = async (path: string, body: object) =>
    (
      await fetch(`${other.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body)
      })
    ).text()
  const form = new FormData()
  form.set('purpose', 'assistants')
  form.set('file', new Blob([`${weber}.`], { type: 'text/plain' }), 'a.txt')
  const { id } = (await (await fetch(`${other.baseUrl}/files`, { method: 'POST', body: form })).json()) as {
    id: string
  }
  await ask('/vector_stores', { name: 'Akten', file_ids: [id] })
  const tools = [{ type: 'file_search', vector_store_ids: ['vs-1'] }]
  const whole = JSON.stringify(`${weber}.`).slice(1, -1)
  t.match(await ask('/responses', { model: 'm', input: 'Wer?', tools }), whole)
  t.match(
    await ask('/responses', { model: 'm', input: 'Noch einmal', previous_response_id: 'resp-1' }),
    whole
  )
  t.notMatch(
    await ask('/responses', { model: 'm', input: 'Wer?' }),
    'Weber',
    'who names nothing gets nothing'
  )
  const content = [
    { type: 'input_file', file_id: id },
    { type: 'input_text', text: 'Wer?' }
  ]
  t.match(
    await ask('/responses', { model: 'm', input: [{ role: 'user', content }] }),
    whole,
    'a file that was read needs no leave'
  )
})
