import type { Config } from './config.ts'
import { ConfigError, type Problem } from './config-check.ts'
import type { DetectorConfig } from './config-detectors.ts'
import type { Detector } from './filters/detectors/detector.ts'
import { type DetectorOptions, openDetector } from './filters/detectors/index.ts'
import { ModelDirError } from './filters/detectors/onnx/model-dir.ts'
import { DetectorSet } from './filters/detectors/set.ts'
import { JsonClient } from './providers/json-client.ts'

type OpenConfig = Pick<Config, 'file' | 'detectors' | 'timeouts'>

/**
 * Opens the detectors of the config, for the gateway and the command line alike.
 * @throws ConfigError with every model that can't be used: without it nothing may leave
 */
export async function openDetectors({ file, detectors, timeouts }: OpenConfig): Promise<DetectorSet> {
  const opened: Detector[] = []
  const problems: Problem[] = []
  for (const [i, options] of detectors.entries()) {
    try {
      opened.push(await openDetector(optionsOf(options, timeouts)))
    } catch (error) {
      if (!(error instanceof ModelDirError)) throw error
      problems.push({ file, path: `detectors[${i}].directory`, message: `is of no use: ${error.message}` })
    }
  }
  const set = new DetectorSet(opened)
  if (problems.length === 0) return set
  await set.close()
  throw new ConfigError(problems)
}

function optionsOf(config: DetectorConfig, timeouts: Config['timeouts']): DetectorOptions {
  if (config.kind === 'onnx') return config
  const { id, baseUrl, places, ...options } = config
  const service = new JsonClient({ id, baseUrl, timeouts })
  return { ...options, id, service, recipient: { host: service.host, places } }
}
