/** Lines that say where in a program it happened, or show its text. */
const frame =
  /^(?:\s{4}|\t)(?!\s*[-*•] )|^\s*(?:at|bei|from|à|en|в)\s.*(?:\(.*\)|:\d+)\s*$|^\s*File ["'“`].*, line \d+|^\s*\.{3} \d+ more|^\s*[\^~]+\s*$|^\s*goroutine \d+|^(?:node:|file:\/\/)\S+:\d+$/

/** The lines of an error that say what failed. Of a Python traceback the exception, its last line. */
export function withoutFrames(text: string): string {
  const lines = text.split(/\r\n?|\n/)
  const kept = lines.filter((line) => line.trim() !== '' && !frame.test(line))
  const said = kept.length > 0 ? kept : lines
  const traceback = said.findLastIndex((line) => line.startsWith('Traceback (most recent call'))
  return (traceback >= 0 && traceback < said.length - 1 ? said.slice(traceback + 1) : said)
    .map((line) => line.trim())
    .join('\n')
}
