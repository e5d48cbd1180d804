/** Work that can be done with pauses: yields where the event loop may turn. */
export type Steps<T> = Generator<void, T, void>

/** Does it without. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
