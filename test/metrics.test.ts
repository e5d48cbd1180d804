import t from 'tap'
import { Metrics } from '../src/metrics.ts'

function metrics() {
  return new Metrics({ bufferedBytes: () => 4096, inFlight: () => 3 })
}

/** The lines of one metric, without comments. */
async function linesOf(figures: Metrics, name: string): Promise<string[]> {
  const text = await figures.text()
  return text.split('\n').filter(line => line.startsWith(name))
}

t.test('counters add up per label combination, also over scrapes', async t => {
  const figures = metrics()
  figures.request('openai.chat_completions', 'openai', 'ok')
  figures.request('openai.chat_completions', 'openai', 'ok')
  figures.request('openai.chat_completions', 'none', 'blocked_policy')
  figures.findings('EMAIL', 'pseudonymised', 'request', 3)
  figures.upstreamError('openai', '429')
  for (let scrape = 0; scrape < 2; scrape++) {
    t.same(await linesOf(figures, 'schleuse_requests_total'), [
      'schleuse_requests_total{endpoint="openai.chat_completions",provider="openai",outcome="ok"} 2',
      'schleuse_requests_total{endpoint="openai.chat_completions",provider="none",outcome="blocked_policy"} 1'
    ])
  }
  figures.findings('EMAIL', 'pseudonymised', 'request', 2)
  t.same(await linesOf(figures, 'schleuse_findings_total'), [
    'schleuse_findings_total{type="EMAIL",action="pseudonymised",side="request"} 5'
  ])
  t.same(await linesOf(figures, 'schleuse_upstream_errors_total'), [
    'schleuse_upstream_errors_total{provider="openai",code="429"} 1'
  ])
})

t.test('pseudonyms per model and kind; nothing for zero', async t => {
  const figures = metrics()
  figures.pseudonyms('gpt-*', { issued: 4, exact: 2, altered: 1, invented: 0, unresolved: 0 })
  figures.pseudonyms('gpt-*', { issued: 1, exact: 0, altered: 0, invented: 0, unresolved: 1 })
  t.same(await linesOf(figures, 'schleuse_pseudonyms_total'), [
    'schleuse_pseudonyms_total{model="gpt-*",kind="issued"} 5',
    'schleuse_pseudonyms_total{model="gpt-*",kind="exact"} 2',
    'schleuse_pseudonyms_total{model="gpt-*",kind="altered"} 1',
    'schleuse_pseudonyms_total{model="gpt-*",kind="unresolved"} 1'
  ])
})

t.test('histograms take milliseconds and show seconds; gauges are read when scraped', async t => {
  const figures = metrics()
  figures.addedMs(0.7)
  figures.auditCommitMs(3)
  t.same((await linesOf(figures, 'schleuse_gateway_added_seconds_bucket')).slice(2, 4), [
    'schleuse_gateway_added_seconds_bucket{le="0.0005"} 0',
    'schleuse_gateway_added_seconds_bucket{le="0.001"} 1'
  ])
  t.same(await linesOf(figures, 'schleuse_audit_commit_seconds_sum'), [
    'schleuse_audit_commit_seconds_sum 0.003'
  ])
  t.same(await linesOf(figures, 'schleuse_buffered_bytes'), ['schleuse_buffered_bytes 4096'])
  t.same(await linesOf(figures, 'schleuse_requests_in_flight'), ['schleuse_requests_in_flight 3'])
  t.match(figures.contentType, /^text\/plain; version=/)
})

t.test('two gateways in one process do not mix', async t => {
  const one = metrics()
  one.upstreamError('a', '500')
  t.same(await linesOf(metrics(), 'schleuse_upstream_errors_total'), [])
})

t.test('the number of series is bounded', async t => {
  const figures = metrics()
  for (let i = 0; i < 6000; i++) figures.upstreamError(`p${i}`, '500')
  figures.upstreamError('p7', '500')
  const lines = await linesOf(figures, 'schleuse_upstream_errors_total')
  t.equal(lines.length, 5001)
  t.equal(lines.at(-1), 'schleuse_upstream_errors_total{provider="other",code="other"} 1000')
  t.ok(lines.includes('schleuse_upstream_errors_total{provider="p7",code="500"} 2'))
})
