import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors and mounts write in several steps; after this long without one the files are read. */
const SETTLED_MS = 200
/** Kubernetes swaps a link of this name when a mounted config changes. */
const SWAPPED_LINK = '..data'

/**
 * Calls back some time after one of the files changed. Folders are watched, not files, so that files that are replaced,
 * as editors do, are seen. Where the file system reports nothing (NFS), SIGHUP and `POST /admin/reload` remain.
 * @param files absolute paths; they need not exist, their folders must
 * @returns ends it
 */
export function watchFiles(
  files: readonly string[],
  onChange: () => void,
  onFault: (error: Error) => void
): () => void {
  let settling: NodeJS.Timeout | undefined
  const changed = (): void => {
    clearTimeout(settling)
    settling = setTimeout(onChange, SETTLED_MS)
  }
  const names = Map.groupBy(files, dirname)
  const watchers: FSWatcher[] = []
  for (const [folder, inside] of names) {
    const known = new Set(inside.map(file => basename(file)))
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || name === SWAPPED_LINK || known.has(name)) changed()
      })
      watcher.on('error', onFault)
      watchers.push(watcher)
    } catch (error) {
      onFault(error instanceof Error ? error : new Error('the folder can not be watched'))
    }
  }
  return () => {
    clearTimeout(settling)
    for (const watcher of watchers) watcher.close()
  }
}
