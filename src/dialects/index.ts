import type { Dialect } from './dialect.ts'
import { openai } from './openai/index.ts'

/** All wire formats. A new one is a file (or folder) and a line here; the suites run over this list. */
export const dialects: readonly Dialect[] = [openai]
