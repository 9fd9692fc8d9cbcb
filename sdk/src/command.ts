#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { preview, summary } from './command/preview.ts'
import { sdkVersion } from './version.ts'

const help = `Shows what @mcp-obs/sdk would send of a failed call.

  npx @mcp-obs/sdk redact [--key <name>]... < file

Reads the arguments of a call as JSON, or a text such as an error, and prints what is left of it:
bounded, secrets replaced, cut. How much was replaced is said on stderr. Nothing is sent anywhere.

  --key <name>   a name that holds something secret or personal, as in redactKeys; may be repeated
  --help         this text
  --version      the version of the package`

process.exitCode = await run(process.argv.slice(2))

async function run(argv: string[]): Promise<number> {
  const given = read(argv)
  if (typeof given === 'string') return wrong(given)
  const { values, positionals } = given
  if (values.help) return print(help)
  if (values.version) return print(sdkVersion)
  const [command, ...more] = positionals
  if (command === undefined) return wrong('What to do is missing.')
  if (command !== 'redact') return wrong(`There is no command "${command}".`)
  if (more.length > 0) return wrong(`Give the file to stdin: redact < ${more[0]}`)
  if (process.stdin.isTTY) return wrong('Nothing comes from stdin. Give it a file: redact < file')
  const shown = preview(await stdin(), values.key ?? [])
  process.stderr.write(`${summary(shown)}\n`)
  return print(shown.kept)
}

function read(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function stdin(): Promise<string> {
  process.stdin.setEncoding('utf8')
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  return text
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function wrong(why: string): number {
  process.stderr.write(`${why}\nSee: npx @mcp-obs/sdk --help\n`)
  return 2
}
