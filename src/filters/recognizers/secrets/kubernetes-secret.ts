import { type Recognizer, words } from '../../recognizer.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { joined } from './rule.ts'

/** A manifest is looked at this far before and behind its kind, and so many of its lines. */
const MAX_BEFORE = 2048
const MAX_BEHIND = 8192
const MAX_LINES = 200
/** Longer values in base64 are no placeholders: even `password` may be one. */
const MAX_DUMMY = 8

/** Every value of a Kubernetes Secret, in YAML: under `data:` in base64, under `stringData:` as it is. */
export const kubernetesSecret: Recognizer = {
  id: 'kubernetes-secret',
  types: ['API_KEY'],
  anchors: words('kind: secret', "kind: 'secret", 'kind: "secret'),
  recognize,
  examples: {
    match: [
      {
        text: joined(
          'apiVersion: v1\nkind: Secret\nmetadata:\n  name: crm\ndata:\n  dsn: cG9zdGdyZXM6',
          'Ly9hcHA6Z2g='
        ),
        found: joined('cG9zdGdyZXM6', 'Ly9hcHA6Z2g=')
      },
      { text: 'kind: Secret\nstringData:\n  smtp: "hallo-Welt9"\ntype: Opaque', found: 'hallo-Welt9' },
      { text: "data:\n  extra: 'YWRtaW46Z2VoZWlt'\nkind: 'Secret'\n", found: 'YWRtaW46Z2VoZWlt' },
      {
        text: 'kind: Secret\ndata:\n  .dockercfg: |\n    eyJhdXRocyI6eyJ4IjoxfX0K\nmetadata:',
        found: 'eyJhdXRocyI6eyJ4IjoxfX0K'
      }
    ],
    noMatch: [
      'kind: ConfigMap\ndata:\n  mode: cG9zdGdyZXM6Ly9hcHA6Z2g=',
      'kind: Secret\nmetadata:\n  name: crm-database',
      'kind: Secret\ndata:\n  password: ${PASSWORD}\n  key: ""\n',
      'kind: Secret\ndata:\n  extra: YmFyCg==\n',
      'kind: SecretProviderClass\ndata:\n  a: cG9zdGdyZXM6Ly9hcHA6Z2g=',
      'kind: Secret\n---\nkind: ConfigMap\ndata:\n  a: cG9zdGdyZXM6Ly9hcHA6Z2g='
    ]
  },
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (start < scan.readUntil) return
  const tail = text.slice(end, end + MAX_BEHIND)
  const cut = tail.indexOf('\n---')
  const stop = end + (cut < 0 ? tail.length : cut)
  const from = Math.max(scan.readUntil, start - MAX_BEFORE)
  const head = text.slice(from, start)
  const begin = from + Math.max(0, head.lastIndexOf('\n---'))
  scan.readUntil = stop
  readLines(scan, begin, stop)
}

const line = /([ \t]{0,32})(?:([\w.-]{1,128}):(?:[ \t]{1,8}|(?=[\r\n]|$)))?([^\r\n]{0,4096})(?:\r?\n|$)/y

/** Values of the lines that stand deeper than `data:` or `stringData:` above them. */
function readLines(scan: Scan, begin: number, stop: number): void {
  const { text } = scan
  let block = -1
  let isEncoded = false
  line.lastIndex = begin
  for (let count = 0; count < MAX_LINES && line.lastIndex < stop; count++) {
    const at = line.lastIndex
    const found = line.exec(text)
    if (found === null) return
    const [whole, indent = '', key, rest = ''] = found
    if (whole === '') return
    if (block >= 0 && indent.length > block && rest !== '') {
      reportValue(scan, at + whole.lastIndexOf(rest), rest, isEncoded)
    } else if (key !== undefined || rest.trim() !== '') {
      const isBlock = (key === 'data' || key === 'stringData') && rest.trim() === ''
      block = isBlock ? indent.length : -1
      isEncoded = key === 'data'
    }
  }
}

const inQuotes = /^(["'])(.*)\1\s*$/

function reportValue(scan: Scan, at: number, rest: string, isEncoded: boolean): void {
  const quoted = inQuotes.exec(rest)
  const value = quoted?.[2] ?? rest.replace(/\s+#.*$|\s+$/, '')
  const start = at + (quoted === null ? 0 : 1)
  if (value.length < 4 || isPlaceholder(value) || value.startsWith('#')) return
  if (isEncoded && !isEncodedSecret(value)) return
  scan.report(start, start + value.length, 'API_KEY', 0.9)
}

/** Base64, of something that is no placeholder itself. */
function isEncodedSecret(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value)) return false
  return value.length > MAX_DUMMY || !isPlaceholder(Buffer.from(value, 'base64').toString('latin1').trim())
}
