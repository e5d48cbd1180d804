/** Runs of marks that have no partner among themselves stay, before or after the value. */
export function keepMarks(value: string, marks: readonly string[], before: string): string {
  const open: string[] = []
  for (const mark of marks) {
    if (open.at(-1) === mark) open.pop()
    else open.push(mark)
  }
  let left = ''
  let right = ''
  for (const mark of open) {
    if (before === mark.charAt(0)) right += mark
    else left += mark
  }
  return left + value + right
}
