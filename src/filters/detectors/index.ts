import { type OnnxOptions, openOnnxDetector } from './onnx/index.ts'
import type { Detector } from './detector.ts'

/** One detector as the config has it; `kind` is a key of the list below. */
export type DetectorOptions = { readonly kind: 'onnx' } & OnnxOptions

/** Every kind there is. Adding one: its file, its schema in the config, and one line here. */
const kinds = {
  onnx: openOnnxDetector
} as const

/** @throws ModelDirError and the like: what can't be used stops the start */
export function openDetector(options: DetectorOptions): Promise<Detector> {
  return kinds[options.kind](options)
}
