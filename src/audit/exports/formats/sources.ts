import type { Language } from '../export.ts'

/** What columns say of their source, in German; names of fields and keys stay. Longer ones first. */
const GERMAN_SOURCES: readonly (readonly [en: string, de: string])[] = [
  [
    'trail, config, records or register, as each cell says',
    'Protokoll, Konfiguration, Verzeichnisangaben oder Register, je Zelle'
  ],
  ['first record up to the end of the period', 'erster Eintrag bis zum Ende des Zeitraums'],
  ['kind, reason, state or part of the event', 'Art, Grund, Zustand oder Teil des Ereignisses'],
  ['provider, its parent, place of processing', 'Anbieter, Mutterunternehmen, Ort der Verarbeitung'],
  ['answered of those that count', 'beantwortete von den gewerteten'],
  ['register and config against trail', 'Register und Konfiguration gegen Protokoll'],
  ['of all requests of the period', 'von allen Anfragen des Zeitraums'],
  ['duration_ms of answered attempts', 'duration_ms beantworteter Versuche'],
  ['measured against agreed', 'gemessen gegen vereinbart'],
  ['in the order of the keys', 'in der Reihenfolge der Schlüssel'],
  ['which names no contract', 'das keinen Vertrag nennt'],
  ['profile of the provider', 'Profil des Anbieters'],
  ['tokens times the price list', 'Tokens mal Preisliste'],
  ['entries against counts', 'Einträge gegen Zählungen'],
  ['named by its profile', 'benannt nach seinem Profil'],
  ['origin of the log', 'Herkunft des Protokolls'],
  ['number of records', 'Anzahl der Einträge'],
  ['cells of the key', 'Zellen des Schlüssels'],
  ['first record', 'erster Eintrag'],
  ['last record', 'letzter Eintrag'],
  ['from the trail or from the records', 'aus dem Protokoll oder den Verzeichnisangaben'],
  ['of the value', 'des Werts'],
  ['Annex I', 'Anhang I'],
  ['within 1.6 %', 'auf 1,6 % genau'],
  [' where ', ' bei '],
  [' and ', ' und '],
  [' or ', ' oder ']
]
const GERMAN_ORIGINS = new Map([
  ['trail', 'Protokoll'],
  ['config', 'Konfiguration'],
  ['records', 'Verzeichnisangaben'],
  ['register', 'Register'],
  ['derived', 'abgeleitet']
])

/** Where the cells of a column come from, for people. */
export function sourceOf(source: string, language: Language): string {
  if (language === 'en') return source
  const german = GERMAN_SOURCES.reduce((text, [en, de]) => text.replaceAll(en, de), source)
  return german.replace(/(?<=^|; )[a-z]+(?=:|$)/g, word => GERMAN_ORIGINS.get(word) ?? word)
}
