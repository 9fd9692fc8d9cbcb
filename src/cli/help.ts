import { settingsHelp } from '#src/config.ts'
import type { Command } from './command.ts'

/** The text of `--help`, of the whole program or of one command. */
export function helpText(commands: Command[], command?: Command): string {
  if (command)
    return `${command.summary}\n\n  mcp-obs ${command.name} ${command.usage}`.trimEnd().concat('\n')
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(22)}${summary}`)
  const settings = settingsHelp.map(({ name, help }) => `  ${name}\n      ${help}`)
  return [
    'mcp-obs, a support desk for MCP servers',
    '',
    'Usage: mcp-obs [command] [options]',
    '       bun run start [command] [options]   in a checkout',
    '',
    'Commands:',
    ...lines,
    '',
    '  mcp-obs COMMAND --help    says how a command is written',
    '  mcp-obs --version         prints the version',
    '  --json                    prints what a command made as one line of JSON',
    '',
    'Settings, from the environment:',
    ...settings,
    '',
  ].join('\n')
}
