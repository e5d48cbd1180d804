import type { Recognizer } from '../../recognizer.ts'
import type { Scan } from '../../scanner/scan.ts'
import { readName, reportName } from './name.ts'

/** So many lines of a text are read as lines of a chat. */
const MAX_LINES = 20_000

/** `[14:02] `, `[12.03.24, 14:02:11] `, `12.03.24, 14:02 - `, `14:02 Uhr `: the time before who speaks. */
const stamp =
  /\[?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?[ T])?\d{1,2}:\d\d(?::\d\d)?(?:[ \u202f][AaPp]\.?[Mm]\.?)?(?:\][ ]?|[ ]-[ ]|[ ])/y

/** Who speaks in the log of a chat: `[14:02] Tim: …`, as messengers export it. */
export const personChat: Recognizer = {
  id: 'person-chat',
  types: ['PERSON'],
  scope: 'prose',
  text: readChat,
  examples: {
    match: [
      { text: '[14:02] Tim: hast du die Daten?\n[14:03] Carla: ja', found: 'Tim' },
      {
        text: '12.03.24, 14:02 - Nele Hinrichsen: bin da\n12.03.24, 14:05 - Tim: gut',
        found: 'Nele Hinrichsen'
      }
    ],
    noMatch: [
      '[14:02] Server: started\n[14:03] Client: connected',
      '14:02 Info: alles gut\n14:03 Warnung: voll',
      'Um 14:02 Tim: ja'
    ]
  },
  source: 'Own rule: exports of WhatsApp, Signal, Telegram, IRC and Teams'
}

function readChat(scan: Scan): void {
  const { text } = scan
  if (!mayBeStamp(text.charCodeAt(0)) && !text.includes('\n')) return
  let at = 0
  for (let line = 0; line < MAX_LINES; line++) {
    if (mayBeStamp(text.charCodeAt(at))) readSpeaker(scan, at)
    const end = text.indexOf('\n', at)
    if (end < 0) return
    at = end + 1
  }
}

/** A bracket or digit. */
function mayBeStamp(code: number): boolean {
  return code === 0x5b || (code >= 0x30 && code <= 0x39)
}

/** Names that are known, alone or with a surname: parts of a program speak in logs too. */
function readSpeaker(scan: Scan, at: number): void {
  const { text } = scan
  stamp.lastIndex = at
  if (!stamp.test(text)) return
  const name = readName(text, stamp.lastIndex, 3)
  if (name?.given === true && text.charCodeAt(name.end) === 0x3a) reportName(scan, name.start, name.end, 0.8)
}
