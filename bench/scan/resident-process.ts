/** Scans 10 MB with everything on, in a process that does nothing else, and prints what it holds then and held at most, in MB. */
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { makeText, textKinds } from './texts.ts'

const TOTAL = 10 << 20
/** Lengths of the texts, in turn. */
const SIZES = [4096, 65_536, 4096, 1 << 20]

const analyzer = buildAnalyzer()
let scanned = 0
for (let i = 0; scanned < TOTAL; i++) {
  const kind = textKinds[i % textKinds.length] ?? 'de'
  const text = makeText(kind, SIZES[(i >> 2) % SIZES.length] ?? 4096, i + 900)
  await analyzer.analyzeInPieces([{ kind: 'text', text, label: '' }])
  scanned += text.length
}
const mb = 1 << 20
console.log(
  JSON.stringify({
    resident: process.memoryUsage.rss() / mb,
    peak: (process.resourceUsage().maxRSS * 1024) / mb
  })
)
