import { type OnnxOptions, openOnnxDetector } from './onnx/index.ts'
import { type JsonService, PresidioDetector, type PresidioOptions } from './presidio.ts'
import type { Detector } from './detector.ts'

/** One detector; `kind` is a key of the list below. */
export type DetectorOptions =
  | ({ readonly kind: 'onnx' } & OnnxOptions)
  | ({ readonly kind: 'presidio'; readonly service: JsonService } & PresidioOptions)

/**
 * Adding a kind: its file, its schema in the config, and one line here.
 * @throws ModelDirError: what can't be used stops the start
 */
export async function openDetector(options: DetectorOptions): Promise<Detector> {
  if (options.kind === 'onnx') return openOnnxDetector(options)
  return new PresidioDetector(options, options.service)
}
