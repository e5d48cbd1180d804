/**
 * Whether a text is source code: identifiers with capitals look like names there, and are called, assigned and declared
 * all over it. Told by lines that only programs have; JSON, tables and mails have none of them.
 */

/** Lines looked at; the beginning tells. */
const MAX_LINES = 200
/** Longer lines are prose, or packed code that nobody wrote. */
const MAX_LINE = 400
/** One line in so many must be a program's, and at least two. */
const ONE_IN = 6

const declaration =
  /^[ \t]*(?:export|const|let|var|function|class|interface|return|throw|if|for|while|def|fn|func|public|private|protected|elif|except|async|await)\b.{0,300}[;{:(,)=>]$/
const inclusion = /^[ \t]*(?:import|from|package|using|use|#include|require)\b[\w\s.@*{},'"/<>:-]{1,200};?$/

/** @param text attacker-controlled; the work is bounded */
export function isProgramText(text: string): boolean {
  let lines = 0
  let found = 0
  let from = 0
  while (from < text.length && lines < MAX_LINES) {
    const stop = text.indexOf('\n', from)
    const end = stop < 0 ? text.length : stop
    const line = text.slice(from, Math.min(end, from + MAX_LINE)).trimEnd()
    from = end + 1
    if (line.trim() === '') continue
    lines++
    if (isStatement(line) || declaration.test(line) || inclusion.test(line)) found++
  }
  return found >= 2 && found * ONE_IN >= lines
}

/** Ends as statements and blocks of the languages with braces do. */
function isStatement(line: string): boolean {
  if (line.endsWith(';')) return line.includes('=') || line.includes('(') || /^[ \t]*\}/.test(line)
  if (line.endsWith('{')) return line.includes(')') || line.includes('=>')
  return line.endsWith('=> (') || /^[ \t]*\}[ \t)]*$/.test(line)
}

const comment = /^[ \t]*(?:\/\/|\/\*|\*|#|--|<!--|""")/

/** True when the line that `at` stands in is a comment: written for people. */
export function isInComment(text: string, at: number): boolean {
  const from = Math.max(0, at - MAX_LINE)
  const start = from + text.slice(from, at).lastIndexOf('\n') + 1
  if (comment.test(text.slice(start, Math.min(at, start + MAX_LINE)))) return true
  return /(?:^|[ \t])(?:\/\/|#) /.test(text.slice(start, at))
}
