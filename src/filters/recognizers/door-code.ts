import { type Recognizer, words } from '../recognizer.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

/** Names of the code itself: a number behind them is it. */
const codes = phraseList(`
türcode tuercode tür-code haustürcode haustür-code torcode tor-code eingangscode zutrittscode zugangscode zugangs-code schließfachcode kenncode einwahlcode einwahl-pin
tresorcode tresor-code safe-code safecode alarmcode alarm-code schlüsselsafe schlüsseltresor schlüsselkasten garagencode türpin
tür-pin tor-pin alarm-pin door_code buzzer_code keypad_entry_code lift_code gate_code entry_code access_code alarm_code lockbox_code keypad_code garage_code safe_combination
code_d'entrée digicode code_de_la_porte codice_portone codice_del_cancello código_de_la_puerta kod_do_drzwi kod_do_bramy deurcode
`)

/** Things that are locked: a number behind them is a code where the word for one stands between or before. */
const locked = phraseList(`
haustür haustüre eingangstür wohnungstür hoftor einfahrtstor garagentor tiefgarage tresor alarmanlage schließfach zahlenschloss front_door gate
garage_door lockbox key_safe alarm_panel
`)

const isCode = new Set(codes)

/** `Der Code am Fahrradkeller lautet …`: what the sentence says of a code makes it one. */
const told =
  /[ \t](?:für|am|an|vom|zum|zur|of|for|to)(?:[ \t](?:den|die|das|der|dem|the|our|unser\p{L}{0,2})){0,1}(?:[ \t]\p{L}{3,24}){1,2}[ \t](?:lautet|ist|is|war)(?:[ \t](?:jetzt|nun|now)){0,1}:?[ \t]{1,2}["'„“#*]?(\d{3,8}[#*]?)(?![\p{L}\d]|[.,:/-]\d|[ \t]?(?:€|EUR|Euro|Uhr|%))/uy

/** Words of the sentence without digits, then the code with the keys that end it. */
const behind =
  /[ \t]{0,2}(?:(?:für|fuer|zur|zum|for|of|to|the|der|die|das|den|dem|ist|is|war|was|lautet|geändert|auf|changed|nun|jetzt|aktuell|now|est|jest|è|es|pin|code|nr|no|\p{Lu}\p{Ll}{2,16})\.?[ \t]{1,2}){0,5}(?:code|pin)?[ \t]{0,2}[:=]?[ \t]{0,3}["'„“*#]?(\d{3,8}[A-F]?[#*]?)(?![\p{L}\d]|[.,:/-]\d|[ \t]?(?:€|EUR|Euro|Uhr|m²|qm|km|mm|cm|kg|am|pm))/iuy

/** Codes of doors, gates, key safes and alarms. */
export const doorCode: Recognizer = {
  id: 'door-code',
  types: ['PASSWORD'],
  scope: 'prose',
  anchors: words(...codes, ...locked, 'code'),
  recognize,
  examples: {
    match: [
      { text: 'Türcode 4711#, dann in den 2. Stock', found: '4711#' },
      { text: 'Der Zugangscode für die Tiefgarage lautet 2580.', found: '2580' },
      { text: 'Alarmanlage Code 9911', found: '9911' },
      { text: 'Der Code für die Haustür ist 2580#', found: '2580#' },
      { text: 'Der Code am Fahrradkeller lautet 7741.', found: '7741' },
      { text: 'The buzzer code changed to 5580#, wifi', found: '5580#' },
      { text: 'liegt im Tresor, Kombination 18-44-07.', found: '18-44-07' },
      { text: 'Schlüsselsafe: 5530', found: '5530' },
      { text: 'The gate code is 77881, please lock', found: '77881' },
      { text: 'digicode : 4812B', found: '4812B' }
    ],
    noMatch: [
      'Zugangscode folgt per Post',
      'access code 40: not found',
      'The exit code of the last job is 137 %',
      'Code für Zahlen ab 1000',
      'Haustür 2500 Euro',
      'Der Tresor wiegt 1200 kg',
      'Die Tiefgarage hat 1200 Plätze',
      'Tür-Code: 12.5'
    ]
  },
  source: 'Own rule: codes of locks as people hand them on'
}

/** `Tresor, Kombination 18-44-07` */
const combination =
  /(?:,| mit)?[ \t](?:(?:Zahlen)?kombination|combination|Code)(?:[ \t](?:ist|lautet|is))?:?[ \t]{1,2}(\d{1,2}(?:[- ]\d{1,2}){1,3})(?![\p{L}\d]|[.,:/-]\d)/iuy

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const word = text.slice(start, end).toLowerCase()
  combination.lastIndex = end
  const pattern = combination.test(text) ? combination : word === 'code' ? told : behind
  pattern.lastIndex = end
  const found = pattern.exec(text)
  const value = found?.[1]
  if (found === null || value === undefined) return
  const isNamed =
    pattern !== behind ||
    isCode.has(word) ||
    /\b(?:code|pin)\b/i.test(text.slice(Math.max(0, start - 32), behind.lastIndex))
  if (isNamed) scan.report(pattern.lastIndex - value.length, pattern.lastIndex, 'PASSWORD', 0.75)
}
