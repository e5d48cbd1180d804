import { array, count, noted, object, type Shape, skip, text, word } from '../../../core/json/shape.ts'
import type { Walk } from '../../../core/json/walker.ts'
import type { StreamRules } from '../../dialect.ts'
import { anything, extension, untouched, usage } from '../answer-parts.ts'
import { notesOf, sourceOf, valueOf } from '../facts.ts'
import { unstreamed } from '../unstreamed.ts'

const segment: Shape = object(
  { id: skip, type: word, text, speaker: text, start: count, end: count, tokens: untouched },
  extension
)

/** A transcript as JSON; other forms (plain, SRT, WebVTT) are text. */
export const transcript: Shape = object(
  {
    task: word,
    language: word,
    duration: count,
    text,
    segments: array(segment),
    words: array(object({ word: text, start: count, end: count }, extension)),
    logprobs: untouched,
    usage
  },
  extension
)

const event: Shape = object(
  {
    type: noted('event', word),
    delta: text,
    text,
    segment_id: noted('segment', skip),
    id: skip,
    speaker: text,
    start: count,
    end: count,
    logprobs: untouched,
    usage,
    error: noted('error', anything)
  },
  extension
)

const eventOf = (walk: Walk): unknown => valueOf(walk, 'event')

/** Segments may be told apart while they stream; the whole is one text. */
function keyOf(walk: Walk): string {
  const [note] = notesOf(walk, 'segment')
  return `/text/${note === undefined ? '-' : sourceOf(walk, note)}/`
}

export const transcriptStream: StreamRules = {
  ...unstreamed,
  event,
  terminator: '[DONE]',
  join: (leaf, walk) => {
    if (leaf.kind !== 'text') return 'alone'
    if (eventOf(walk) === 'transcript.text.delta' && leaf.slot.key === 'delta')
      return { key: keyOf(walk), kind: 'text' }
    return leaf.slot.key === 'text' ? 'repeat' : 'alone'
  },
  closing: walk => (eventOf(walk) === 'transcript.text.done' ? [''] : []),
  failed: walk => walk.notes.some(note => note.tag === 'error'),
  insert: (_key, held, like) => {
    const { segment_id: id } = JSON.parse(like.source) as { readonly segment_id?: string }
    const data = {
      type: 'transcript.text.delta',
      delta: held,
      ...(id === undefined ? {} : { segment_id: id })
    }
    return { data: JSON.stringify(data) }
  },
  whole: closed => closed.has('')
}
