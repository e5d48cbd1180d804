import type { View } from '../view.ts'
import { cloudevents } from './cloudevents.ts'
import { ecs } from './ecs.ts'
import { ocsf } from './ocsf.ts'
import { otel } from './otel.ts'
import { own } from './own.ts'

/** All views. The config takes their names, the suites test each. */
export const VIEWS: readonly View[] = [own, ocsf, ecs, cloudevents, otel]
