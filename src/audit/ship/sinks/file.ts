import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Type } from 'typebox'
import { sinkKind } from '../sink.ts'

const schema = Type.Object({
  path: Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a file' })
})

/**
 * JSON lines at the end of a file; on the disk before the cursor moves. The file is opened for each batch, so that it may
 * be rotated by moving it away. Links are not followed.
 */
export const file = sinkKind<typeof schema>({
  kind: 'file',
  schema,
  open: ({ path }, { pathOf }) => ({
    async send(batch) {
      const target = pathOf(path)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW
      const handle = await open(target, flags, 0o600)
      try {
        await handle.writeFile(batch.map(({ view }) => `${JSON.stringify(view)}\n`).join(''))
        await handle.datasync()
      } finally {
        await handle.close()
      }
    },
    close: async () => undefined
  })
})
