import { anywhere, type Recognizer, words } from '../recognizer.ts'
import { is, NEWLINE, WORD } from '../scanner/chars.ts'
import { isPlaceholder } from './validators/placeholder.ts'
import { wordList } from './word-list.ts'

/** Accounts of systems, services and of examples, and first parts of routes: no person's. */
const shared = wordList(`
user users username name you me root admin administrator guest public default shared all everyone test tester demo example dev developer
app apps application web www www-data site node ubuntu debian centos fedora rocky alma arch alpine pi vagrant docker git svn ec2-user
azureuser opc core coder vscode codespace gitpod runner runneradmin circleci travis jenkins ci build builder builduser deploy deployer deployment ansible
terraform postgres mysql oracle hadoop spark hdfs hive kafka elastic elasticsearch redis mongo mongodb nginx apache tomcat airflow jovyan
sandbox linuxbrew container containeradministrator service svc system nobody daemon backup support ftp sftp mail http work workspace project projects src
lib bin home index about dashboard settings profile help login logout search static assets components pages page content docs data config x y foo bar
someone somebody myuser myname youruser yourname benutzer kunde student teacher steam minecraft bitnami odoo frappe nextcloud homeassistant hass api v1 v2
`)

const name = /\p{L}[\p{L}\d]*(?:[._-][\p{L}\d]+){0,3}/uy
const MAX_NAME = 40

/** The name at `at`, or '' where it is none of a person. */
function nameAt(text: string, at: number): string {
  name.lastIndex = at
  const found = name.exec(text)?.[0] ?? ''
  if (found.length < 3 || found.length > MAX_NAME || shared.has(found.toLowerCase())) return ''
  return isPlaceholder(found) || /^(?:your|my|dein|mein|example|test)[-_.]?/i.test(found) ? '' : found
}

/** Names of accounts in the paths of home folders; the path stays what it is. */
export const homeFolder: Recognizer = {
  id: 'home-folder',
  types: ['USERNAME'],
  anchors: anywhere('/home/', '/users/', '\\users\\', '\\\\users\\\\', '\\benutzer\\'),
  recognize: (scan, start, end) => {
    const { text } = scan
    const separator = text.charAt(end - 1)
    // `/users/` in lower case is a route; a path of files is absolute.
    if (separator === '/' && text.charCodeAt(start + 1) === 0x75) return
    const before = text.charCodeAt(start - 1)
    if (is(before, WORD) || (separator === '/' && '._-/}'.includes(text.charAt(start - 1) || ' '))) return
    const found = nameAt(text, end)
    const stop = end + found.length
    if (found === '' || '(*$<{%='.includes(text.charAt(stop) || ' ')) return
    const goesOn = text.charAt(stop) === separator
    if (goesOn || /[\d._]/.test(found)) scan.report(end, stop, 'USERNAME', 0.7)
  },
  examples: {
    match: [
      { text: 'ls /home/kschmidt/projekte', found: 'kschmidt' },
      { text: 'open "/Users/maria.huber/Documents/x.pdf"', found: 'maria.huber' },
      { text: 'C:\\Users\\pmeyer\\Desktop\\plan.xlsx', found: 'pmeyer' },
      { text: '"path": "C:\\\\Users\\\\pmeyer\\\\plan.xlsx"', found: 'pmeyer' },
      { text: 'cd /home/j.doe', found: 'j.doe' }
    ],
    noMatch: [
      '/home/user/app',
      '/home/ubuntu/x',
      '/home/runner/work/repo',
      'GET /users/settings/keys',
      'https://example.com/home/products/12',
      'C:\\Users\\Public\\Documents',
      'C:\\Users\\%USERNAME%\\x',
      '/home/<name>/x',
      'src/Users/Controllers/x.ts'
    ]
  },
  source: 'Filesystem Hierarchy Standard 3.0, 3.8; Microsoft, known folders (FOLDERID_Profile)'
}

const target = /@(?:\[|[\p{L}\d])/u
const MAX_LINE = 120

/** Names of accounts before the host they log in to: `ssh kschmidt@web01`. */
export const remoteLogin: Recognizer = {
  id: 'remote-login',
  types: ['USERNAME'],
  anchors: words('ssh', 'scp', 'sftp', 'rsync', 'ssh-copy-id', 'mosh'),
  recognize: (scan, _start, end) => {
    const { text } = scan
    if (end < scan.readUntil || text.charCodeAt(end) !== 0x20) return
    let stop = end
    while (stop - end < MAX_LINE && stop < text.length && !is(text.charCodeAt(stop), NEWLINE)) stop++
    scan.readUntil = stop
    const line = text.slice(end, stop)
    const at = line.search(target)
    if (at < 0) return
    const start = end + line.lastIndexOf(' ', at) + 1
    const found = nameAt(text, start)
    if (found !== '' && start + found.length === end + at) scan.report(start, end + at, 'USERNAME', 0.7)
  },
  examples: {
    match: [
      { text: 'ssh kschmidt@10.2.3.4', found: 'kschmidt' },
      { text: 'scp -P 2222 dump.sql m.huber@web01:/srv', found: 'm.huber' }
    ],
    noMatch: ['ssh root@10.2.3.4', 'ssh user@host', 'ssh -T git@github.com', 'ssh web01', 'ssh ssh ssh']
  },
  source: 'ssh(1), scp(1)'
}
