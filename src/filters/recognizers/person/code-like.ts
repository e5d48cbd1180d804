/** Two parts at most with a dot between, as accounts are named after people: `lena.hartwig`. */
const dotted = /^\p{Ll}{3,20}\.\p{Ll}{3,20}$/u
/** Last parts of host names and files. */
const hostOrFile =
  /\.(?:aero|app|co|com|css|csv|de|dev|edu|eu|gov|html?|info|int|io|jsx?|json|js|md|me|net|org|pdf|php|png|py|rb|rs|sh|sql|svg|tsx?|txt|xml|ya?ml)$/i
const declaration = /^(?:const|let|var|type|import|export|function|def|class|enum|new|return|npx|npm|yarn)\s/

/**
 * Whether what looks like a name is part of a program, of markup or of JSON's syntax: a call, a property, a key in lower
 * case, a word in backticks, the `max` beside a `min`, a list of countries' codes. Looks at the name and a few characters around it.
 */
export function isCodeLike(text: string, start: number, end: number): boolean {
  const name = text.slice(start, end)
  if (/^[A-Z]{2}(?: [A-Z]{2}){1,8}$/.test(name)) return true
  if (/\p{Lu}/u.test(name.charAt(0))) return /\(\)|\w\(\w|=>|\w\.\w+\(/.test(name)
  if (/[()[\]{}<>=`;_|/\\,]/.test(name) || declaration.test(name)) return true
  const after = text.slice(end, end + 12)
  const before = text.slice(Math.max(0, start - 24), start)
  // `v. Bredow`, `john d. smithers`: behind the dot of an initial stands a blank.
  if (/\.(?! )/.test(name))
    return !dotted.test(name) || hostOrFile.test(name) || /[./@\w]$|^\(/.test(before.slice(-1) + after)
  if (
    /^(?:["'`]\s{0,2}:|\()/.test(after) ||
    /(?:[.$<\\]|\b(?:const|let|var|type|function|import|from) )$/.test(before)
  )
    return true
  if (before.endsWith('`') && after.startsWith('`')) return true
  return name === 'max' && /\bmin\b|^[\s,|:="'\d.]*\bmin\b/i.test(`${before} ${after}`)
}
