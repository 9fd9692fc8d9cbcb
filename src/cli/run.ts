import { parseArgs } from 'node:util'
import { parseConfig } from '#src/config.ts'
import { StartError } from '#src/db/start-error.ts'
import type { Command, Outcome, Values } from './command.ts'
import { commands } from './commands.ts'
import { helpText } from './help.ts'
import { version } from './version.ts'

type Environment = Record<string, string | undefined>

/** Runs the program and returns its exit code: 0 done, 1 could not, 2 not understood. */
export async function run(args: string[], environment: Environment): Promise<number> {
  if (args[0] === '--version') return print(version)
  const command = commands.find(({ name }) => startsWith(args, name)) ?? serveWithout(args)
  if (!command)
    return ['help', '-h'].includes(args[0] ?? '') || args.includes('--help')
      ? print(helpText(commands))
      : misunderstood(args)
  const parsed = optionsOf(command, args)
  if (typeof parsed === 'string') return refuse(parsed, 2)
  if (parsed.help) return print(helpText(commands, command))
  const missing = command.required.filter((name) => !String(parsed[name] ?? '').trim())
  if (missing.length > 0)
    return refuse(
      `${command.name} needs ${missing.map((name) => `--${name}`).join(', ')}.\n\n  mcp-obs ${command.name} ${command.usage}`,
      2,
    )
  const config = parseConfig(environment)
  if (!config.ok) return refuse(config.problems.join('\n'), 1)
  try {
    return report(await command.run(config.config, parsed), parsed)
  } catch (error) {
    if (error instanceof StartError) return refuse(error.message, 1)
    throw error
  }
}

const startsWith = (args: string[], name: string) =>
  name.split(' ').every((word, index) => args[index] === word)

/** No command, or only options, means serve. */
const serveWithout = ([first]: string[]): Command | undefined =>
  first === undefined || (first.startsWith('--') && first !== '--help') ? commands[0] : undefined

function optionsOf(command: Command, args: string[]): Values | string {
  try {
    return parseArgs({
      args: startsWith(args, command.name) ? args.slice(command.name.split(' ').length) : args,
      options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values as Values
  } catch (error) {
    return `${(error as Error).message}\n\n  mcp-obs ${command.name} ${command.usage}`
  }
}

function report(outcome: Outcome, { json }: Values): number {
  if (!outcome.ok) return refuse(outcome.problem, 1)
  if (!outcome.made) return 0
  if (json) return print(JSON.stringify(outcome.made))
  const width = Math.max(...Object.keys(outcome.made).map((key) => key.length)) + 2
  return print(
    Object.entries(outcome.made)
      .map(([key, value]) => key.padEnd(width) + value)
      .join('\n'),
  )
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}

function refuse(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

function misunderstood(args: string[]): number {
  const end = args.findIndex((word) => word.startsWith('-'))
  const words = args.slice(0, end > 0 ? Math.min(end, 2) : 2).join(' ')
  return refuse(`There is no command ${words}. See --help.`, 2)
}
