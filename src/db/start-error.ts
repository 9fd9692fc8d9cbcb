/** Why the program can't start, in a sentence that says what to do. Shown as it is, without a stack. */
export class StartError extends Error {
  override name = 'StartError'
}
