import type { Dialect } from '../dialect.ts'
import { assistantEndpoints } from './assistants/endpoints.ts'
import { audio } from './audio/audio.ts'
import { chatCompletions } from './chat.ts'
import { completions } from './completions.ts'
import { embeddings } from './embeddings.ts'
import { openaiErrorBody } from './error-body.ts'
import { batches } from './files/batches.ts'
import { files } from './files/files.ts'
import { uploads } from './files/uploads.ts'
import { vectorStores } from './files/vector-stores.ts'
import { images } from './images/images.ts'
import { moderations } from './moderations.ts'
import { responses } from './responses/endpoints.ts'
import { uncovered } from './uncovered.ts'

export const openai: Dialect = {
  id: 'openai',
  endpoints: [
    chatCompletions,
    completions,
    embeddings,
    moderations,
    ...responses,
    ...files,
    ...uploads,
    ...batches,
    ...vectorStores,
    ...images,
    ...audio,
    ...assistantEndpoints
  ],
  uncovered,
  errorBody: openaiErrorBody
}
