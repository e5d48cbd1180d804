import t from 'tap'
import { localProvider, startGateway } from '../../support/gateway.ts'
import { type Script, startRawServer } from '../../support/raw-server.ts'

/** Pictures and sound: their texts are read, they themselves go by policy. */

const weber = 'Frau Anna Weber, anna.weber@kanzlei-weber.de'
const sound = Buffer.from([0xff, 0xfb, 0x90, 0, 1, 2, 3])

/** The field of a form; what a provider understood is what it was told to. */
const field = (text: string, name: string) =>
  new RegExp(`name="${name}"\\r\\n\\r\\n([^\\r]*)`).exec(text)?.[1] ?? ''

const script: Script = (request, reply) => {
  const path = request.target.replace('/v1', '')
  const event = (data: object) => Buffer.from(`data: ${JSON.stringify(data)}\n\n`)
  if (path === '/audio/speech') return reply.send(200, { 'content-type': 'audio/mpeg' }, sound)
  if (path.startsWith('/images')) {
    const prompt = request.text.startsWith('{')
      ? (JSON.parse(request.text) as { prompt: string }).prompt
      : field(request.text, 'prompt')
    if (!request.text.includes('"stream":true'))
      return reply.json({ created: 1, data: [{ b64_json: 'iVBORw0KGgo=', revised_prompt: prompt }] })
    return reply.stream([
      event({ type: 'image_generation.partial_image', b64_json: 'iVBO', partial_image_index: 0 }),
      event({ type: 'image_generation.completed', b64_json: 'iVBORw0KGgo=', usage: { input_tokens: 3 } })
    ])
  }
  const said = `${field(request.text, 'prompt')} ruft an.`
  const format = field(request.text, 'response_format')
  if (format === 'srt')
    return reply.send(200, { 'content-type': 'text/plain' }, `1\n00:00:00,000 --> 00:00:02,000\n${said}\n`)
  if (field(request.text, 'stream') === 'true')
    return reply.stream([
      ...(said.match(/.{1,4}/gs) ?? []).map(delta => event({ type: 'transcript.text.delta', delta })),
      event({ type: 'transcript.text.done', text: said })
    ])
  const speaker = field(request.text, 'known_speaker_names\\[\\]')
  return reply.json({
    text: said,
    segments: [{ id: 0, text: said, speaker, tokens: [1] }],
    words: [{ word: speaker }]
  })
}

const provider = await startRawServer(script)
t.teardown(() => provider.close())
const providers = [localProvider(provider.port, ['*'])]
const strict = await startGateway({ providers })
t.teardown(() => strict.stop())
const policy = { id: 'open', version: 1, opaque: { image: 'allow', audio: 'allow' } }
const open = await startGateway({ providers, policy })
t.teardown(() => open.stop())

const json = (gateway: { baseUrl: string }, path: string, body: object) =>
  fetch(`${gateway.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })

function form(
  gateway: { baseUrl: string },
  path: string,
  fields: Record<string, string>,
  name = 'a.bin',
  of = 'file'
) {
  const body = new FormData()
  for (const [key, value] of Object.entries(fields)) body.append(key, value)
  body.append(of, new Blob([new Uint8Array(sound)]), name)
  return fetch(`${gateway.baseUrl}${path}`, { method: 'POST', body })
}

const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code
const noneLeft = (t: Tap) => {
  for (const value of ['Weber', 'kanzlei']) t.notMatch(provider.bytes().toString('utf8'), value)
  provider.forget()
}
interface Tap {
  notMatch(found: string, value: string): unknown
}

t.test('a picture from a prompt, whole and streamed', async t => {
  const options = {
    model: 'gpt-image-1',
    prompt: weber,
    user: weber,
    n: 1,
    size: '1024x1024',
    quality: 'low'
  }
  const whole = await json(strict, '/images/generations', options)
  t.match(await whole.json(), { data: [{ b64_json: 'iVBORw0KGgo=', revised_prompt: weber }] })
  const stream = await json(strict, '/images/generations', { ...options, stream: true, partial_images: 1 })
  t.match(stream.headers.get('content-type'), 'text/event-stream')
  t.match(await stream.text(), /partial_image.*iVBO.*\n\n.*completed.*iVBORw0KGgo=/s)
  noneLeft(t)
})

t.test('edits: a form or JSON, pictures by policy', async t => {
  const fields = { model: 'gpt-image-1', prompt: weber, n: '2', size: '1024x1024' }
  t.equal(
    await code(await form(strict, '/images/edits', fields, 'a.png', 'image[]')),
    'SCHLEUSE_OPAQUE_REFUSED'
  )
  t.equal(
    await code(await form(strict, '/images/variations', {}, 'a.png', 'image')),
    'SCHLEUSE_OPAQUE_REFUSED'
  )
  t.equal(provider.bytes().length, 0)
  const named = await form(open, '/images/edits', fields, 'Anna.Weber@kanzlei-weber.de.png', 'image[]')
  t.match(await named.json(), { data: [{ revised_prompt: weber }] })
  t.ok(provider.requests[0]?.body.includes(sound), 'the picture arrives as it was')
  t.match(provider.requests[0]?.text, /name="size"\r\n\r\n1024x1024\r\n/)
  noneLeft(t)
  const images = [{ image_url: 'data:image/png;base64,iVBORw0KGgo=' }]
  t.equal(
    await code(await json(strict, '/images/edits', { model: 'gpt-image-1', prompt: weber, images })),
    'SCHLEUSE_OPAQUE_REFUSED'
  )
  t.match(await (await json(open, '/images/edits', { prompt: weber, images })).json(), {
    data: [{ revised_prompt: weber }]
  })
  noneLeft(t)
})

t.test('a transcript: JSON, subtitles, a stream; sound by policy', async t => {
  const fields = { model: 'whisper-1', prompt: weber, 'known_speaker_names[]': weber, temperature: '0' }
  t.equal(await code(await form(strict, '/audio/transcriptions', fields, 'a.mp3')), 'SCHLEUSE_OPAQUE_REFUSED')
  t.equal(await code(await form(strict, '/audio/translations', fields, 'a.mp3')), 'SCHLEUSE_OPAQUE_REFUSED')
  t.equal(provider.bytes().length, 0)
  const text = `${weber} ruft an.`
  const whole = await form(open, '/audio/transcriptions', fields, 'a.mp3')
  t.match(await whole.json(), { text, segments: [{ text, speaker: weber }], words: [{ word: weber }] })
  t.ok(provider.requests[0]?.body.includes(sound), 'the sound arrives as it was')
  noneLeft(t)
  const srt = await form(open, '/audio/transcriptions', { ...fields, response_format: 'srt' }, 'a.mp3')
  t.equal(await srt.text(), `1\n00:00:00,000 --> 00:00:02,000\n${text}\n`)
  const stream = await (
    await form(open, '/audio/transcriptions', { ...fields, stream: 'true' }, 'a.mp3')
  ).text()
  const events = [...stream.matchAll(/^data: (.*)$/gm)].map(
    ([, data = '']) => JSON.parse(data) as { delta?: string; text?: string }
  )
  t.equal(events.map(({ delta = '' }) => delta).join(''), text)
  t.equal(events.at(-1)?.text, text)
  noneLeft(t)
})

t.test('speech: sound passes as it comes, what would be spoken as a code is refused', async t => {
  const body = { model: 'tts-1', voice: 'alloy', input: 'Guten Tag', response_format: 'mp3', speed: 1 }
  const response = await json(strict, '/audio/speech', body)
  t.equal(response.headers.get('content-type'), 'audio/mpeg')
  t.same(Buffer.from(await response.arrayBuffer()), sound)
  provider.forget()
  t.equal(
    await code(await json(strict, '/audio/speech', { ...body, input: weber })),
    'SCHLEUSE_FIXED_FIELD_FINDING'
  )
  t.equal(provider.bytes().length, 0)
})
