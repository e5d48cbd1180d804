import { decisionUs } from './support/decisions.ts'
import { toFigure } from './support/figures.ts'

/** What one decision on places costs: the figure of `npm run bench:gateway` on its own. One JSON line. */
console.log(JSON.stringify(toFigure('residency.decision_us_p50', 'µs', decisionUs(5000))))
