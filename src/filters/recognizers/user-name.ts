import { type Recognizer, words } from '../recognizer.ts'
import { BLANK, is } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { isPlaceholder } from './validators/placeholder.ts'
import { phraseList, wordList } from './word-list.ts'

/** A name chosen for an account: letters, digits, dots, dashes, underscores. */
const value = /@?[\p{L}\d](?:[\p{L}\d._-]{0,38}[\p{L}\d_])?(?:#\d{4})?(?![\p{L}\d@])/uy
/** What stands between the word and the name. */
const bridge = /[ \t]{0,3}(?:(?:ist|lautet|is|name|war|heißt)[ \t]{1,2})?(?:[:=#][ \t]{0,3})?["'„“«`(]?/uy

/** Behind these words anything without a blank is a name; behind others only what no word looks like. */
const ordinary = wordList(`
und oder der die das ein eine in im ist nicht wird wurde and or the a is not in on for of to password passwort kennwort email e-mail mail id name
required optional unknown unbekannt none null undefined string text field feld input value admin root user username guest test example beispiel
anonymous true false with mit from von ohne leer vergessen ändern change reset invalid ungültig falsch korrekt login logout taken exists must cannot
already
`)

/** What stands there in program text: a member of an object, a number in hexadecimal. */
const code =
  /^@?0x|^(?:this|self|opts?|options|config|params|args|req|request|process|ctx|context|data|props|state|env|settings)\.|\.(?:user|username|user_?id|login|name|id)$/i

/** Behind these a plain word is most often no name. */
const general = /^(?:user|benutzer|nutzer|login|handle|nick|kennung|.* (?:von|an|by|to))$/i

/** Words of prose, never names in code. */
const spoken = /^(?:benutzername|benutzerkennung|nutzername|nutzerkennung|anmeldename|loginname|kontoname)$/i

/** Who it is follows in brackets: `der Nutzer jkowalczyk (Jan Kowalczyk)`. */
const named = /^ \(\p{Lu}\p{L}{1,20}[ -]\p{Lu}\p{L}{1,20}/u

/** What an account does or suffers: `User mhuber42 hat sich angemeldet`. */
const acts =
  /^["'“)]?[ \t](?:hat|ist|war|kann|konnte|wurde|wird|meldet|möchte|has|is|was|logged|cannot|could|can|did|failed|tried|does|locked|denied|blocked|authenticated|connected|disconnected|gesperrt|existiert)(?![\p{L}\d])/u

/** Before the name of an account in the records of servers: `Failed password for jdoe from 10.1.1.7 port 22`. */
const attempt = /^(?:(?:login|logon|password|publickey) for|invalid user|(?:opened|closed) for user)$/i
/** What stands behind it there. */
const tried = /^(?:[ \t](?:from|by|on|at|in|via)(?![\p{L}\d])|[ \t]?[(,;\n\r]|\.?$)/u

/** User names and handles behind the words that name them. */
export const userName: Recognizer = {
  id: 'user-name',
  types: ['USERNAME'],
  anchors: words(
    ...phraseList(`
benutzername benutzerkennung nutzername nutzerkennung username user_name user_id userid user login login-name loginname anmeldename
accountname account_name kontoname screen_name nickname nick handle instagram insta tiktok snapchat snap twitch reddit mastodon bluesky threema telegram discord twitter github
reporter assignee steam_id skype xbox psn usuario nom_d'utilisateur nome_utente gebruikersnaam benutzer nutzer erstellt_von gemeldet_von bearbeitet_von zugewiesen_an login_for logon_for password_for publickey_for invalid_user opened_for_user closed_for_user created_by assigned_to opened_by kennung windows-kennung u-kennung
`)
  ),
  recognize,
  labelled: scan => {
    const { text, label } = scan
    if (!/^(?:user_?name|login_?name|screen_?name|nick_?name|handle|benutzername)$/i.test(label)) return
    if (/^[^\s]{2,40}$/.test(text) && !ordinary.has(text.toLowerCase()))
      scan.report(0, text.length, 'USERNAME', 0.8)
  },
  examples: {
    match: [
      { text: 'Benutzername: mmuster84', found: 'mmuster84' },
      { text: 'mein Benutzername lautet max.mustermann', found: 'max.mustermann' },
      { text: 'Instagram: @lena_k', found: '@lena_k' },
      { text: 'username=jdoe42', found: 'jdoe42' },
      { text: 'Discord: lena#1234', found: 'lena#1234' },
      { text: 'jdoe', label: 'username', found: 'jdoe' },
      { text: 'Login: sabine_m', found: 'sabine_m' },
      { text: 'Benutzer mhuber42 hat sich angemeldet', found: 'mhuber42' },
      { text: 'der Nutzer jkowalczyk (Jan Kowalczyk, Einkauf)', found: 'jkowalczyk' },
      { text: 'Erstellt von: b.ferreira (Service)', found: 'b.ferreira' },
      { text: 'Anmeldename sauer.m73. Danke', found: 'sauer.m73' },
      { text: 'Ihr Zugang: Benutzer nowak.e, Startpasswort', found: 'nowak.e' },
      { text: 'User k.schulz cannot log in', found: 'k.schulz' },
      { text: 'Failed password for jdoe from 10.1.1.7 port 22', found: 'jdoe' },
      { text: 'Suspicious login for m.reinhold (Finance)', found: 'm.reinhold' },
      { text: 'Reporter: m.schwarzenberger', found: 'm.schwarzenberger' }
    ],
    noMatch: [
      'Benutzername und Passwort',
      'Benutzername vergessen?',
      'Der Benutzer wurde angelegt',
      'username: string',
      'login page',
      'the password for your account',
      'password for admin from the vault',
      'user oauth2 provider',
      'Handle with care',
      'user: admin',
      'login: 2024',
      'username: options.username',
      'result 0, handle @0x214',
      'user = User.objects.get(id=1)'
    ]
  },
  source: 'Own rule: names of accounts behind the words that name them'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  bridge.lastIndex = end
  if (!bridge.test(text) || bridge.lastIndex === end) return
  const from = bridge.lastIndex
  value.lastIndex = from
  const match = value.exec(text)
  if (match === null) return
  const name = match[0]
  // `user = User.objects.get(…)`
  if (text.charCodeAt(value.lastIndex) === 0x28) return
  if (name.length < 3 || ordinary.has(name.toLowerCase()) || code.test(name) || isPlaceholder(name)) return
  const isNamed = /[:=#]|lautet|\bist\b|\bis\b|heißt/.test(text.slice(end, from))
  const score = rate(text, text.slice(start, end), name, from + name.length, isNamed)
  if (score > 0) scan.report(from, from + name.length, 'USERNAME', score)
}

/**
 * @param word what names it
 * @param end where the name ends
 * @param isNamed a sign or verb between them says that the name follows
 */
function rate(text: string, word: string, name: string, end: number, isNamed: boolean): number {
  const isGeneral = general.test(word)
  const behind = text.slice(end, end + 48)
  if (attempt.test(word)) return isPersonal(name) && tried.test(behind) ? 0.7 : 0
  const isHandle = name.startsWith('@')
  if (isHandle || (/\d/.test(name) && /\p{L}/u.test(name)) || /\p{L}[._]\p{L}/u.test(name)) {
    if (isNamed || isHandle || (isGeneral && acts.test(behind))) return 0.8
    return spoken.test(word) || (/^(?:be)?nutzer$/i.test(word) && /^\p{Ll}{3}/u.test(name)) ? 0.7 : 0
  }
  if (isGeneral) return /^\p{Ll}{4,20}$/u.test(name) && named.test(behind) ? 0.6 : 0
  return isNamed && isWordAlone(text, end) && /^[\p{Ll}-]+$/u.test(name) ? 0.6 : 0
}

/** Accounts that systems make for their services, after the Filesystem Hierarchy and Debian's and Red Hat's base files. */
const services = wordList(`
daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody sshd systemd-network messagebus postgres mysql
mongodb redis nginx apache httpd tomcat oracle cyrus postfix named rpc ntp ftp operator halt shutdown adm git jenkins ubuntu debian centos
ec2-user vagrant docker nagios zabbix elasticsearch hadoop deploy support service webmaster info
`)

function isPersonal(name: string): boolean {
  return /^[A-Za-z]/.test(name) && !services.has(name.toLowerCase())
}

/** Nothing that makes a sentence of it follows in the line. */
function isWordAlone(text: string, end: number): boolean {
  let at = end
  while (is(text.charCodeAt(at), BLANK) || '"\'“)'.includes(text.charAt(at) || ' ')) {
    if (at >= text.length || at - end > 3) return at >= text.length
    at++
  }
  return at >= text.length || ',;\n\r|.'.includes(text.charAt(at))
}
