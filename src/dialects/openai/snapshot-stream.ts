import type { Shape } from '../../core/json/shape.ts'
import type { StreamRules } from '../dialect.ts'
import { notesOf, sourceOf } from './facts.ts'
import { unstreamed } from './unstreamed.ts'

/** Streams whose events each stand alone: pictures and sound in pieces. @param ends types of the events that end one */
export function snapshotStream(event: Shape, ends: RegExp): StreamRules {
  return {
    ...unstreamed,
    event,
    terminator: '[DONE]',
    closing: walk => (notesOf(walk, 'event').some(note => ends.test(sourceOf(walk, note))) ? [''] : []),
    failed: walk => walk.notes.some(note => note.tag === 'error'),
    whole: closed => closed.has('')
  }
}
