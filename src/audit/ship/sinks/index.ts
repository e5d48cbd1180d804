import type { SinkKind } from '../sink.ts'
import { file } from './file.ts'
import { http } from './http.ts'
import { otlp } from './otlp.ts'
import { syslog } from './syslog.ts'

/** All kinds of sinks. The config takes their names, the suites test each. */
export const SINKS: readonly SinkKind[] = [file, http, syslog, otlp]
