import { join } from 'node:path'

/** The folder of corpora and specifications: `SCHLEUSE_SHARED`, else `shared` beside the checkout. */
export const SHARED: string =
  process.env['SCHLEUSE_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', 'shared')
