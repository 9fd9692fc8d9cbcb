import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'

/** Every setting: its variable, what it is for, and how it is read. Nothing else reads the environment. */
const settings = {
  baseUrl: {
    name: 'MCP_OBS_BASE_URL',
    help: 'Address of the dashboard as browsers see it; servers live at {slug}.<its host>. Default: http://localhost:3000.',
    parse: z
      .url({ protocol: /^https?$/, error: 'must be a URL, such as https://support.example.com' })
      .default('http://localhost:3000')
      .transform((value) => new URL(value))
      .refine((url) => url.pathname === '/' && !url.search && !url.hash && !url.username, {
        message: 'must be an origin only, without path, query or user',
      }),
  },
  listen: {
    name: 'MCP_OBS_LISTEN',
    help: 'Address and port to listen on. Default: 127.0.0.1:3000.',
    parse: z
      .string()
      .default('127.0.0.1:3000')
      .transform((value, context) => {
        const match = /^(?:\[([0-9a-f:.]+)\]|([^:\s]+)):(\d{1,5})$/i.exec(value)
        if (match && Number(match[3]) < 65_536)
          return { hostname: (match[1] ?? match[2]) as string, port: Number(match[3]) }
        context.addIssue({ code: 'custom', message: 'must be host:port, such as 0.0.0.0:3000' })
        return z.NEVER
      }),
  },
  dataDir: {
    name: 'MCP_OBS_DATA_DIR',
    help: 'Directory of the embedded database and the secret key. Default: /var/lib/mcp-obs for root, else ./data.',
    parse: z
      .string()
      .min(1)
      .default(() => (process.getuid?.() === 0 ? '/var/lib/mcp-obs' : './data'))
      .transform((value) => resolve(value)),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    help: 'PostgreSQL 15 or newer to use instead of the embedded one.',
    parse: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'must be a URL, such as postgres://user:password@host:5432/database',
      })
      .optional(),
  },
  appRole: {
    name: 'MCP_OBS_APP_ROLE',
    help: 'Role that queries run as. Default: mcp_obs_app_<database>.',
    parse: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a plain role name in lower case')
      .optional(),
  },
  secretKey: {
    name: 'MCP_OBS_SECRET_KEY',
    help: 'Text of 32 or more random characters that encrypts signing keys. Default: made once, kept in the data directory.',
    parse: z
      .string()
      .trim()
      .min(32, 'must have 32 or more characters, such as openssl rand -base64 32 prints')
      .optional(),
  },
  clientMetadata: {
    name: 'MCP_OBS_CLIENT_METADATA',
    help: 'Whether MCP clients may be known by a document at their address: on, off, or auto, which is on where the desk reaches the internet. Default: auto.',
    parse: z.enum(['auto', 'on', 'off'], { error: 'must be auto, on or off' }).default('auto'),
  },
  clientMetadataHosts: {
    name: 'MCP_OBS_CLIENT_METADATA_HOSTS',
    help: 'Hosts inside your network, comma-separated, whose documents about clients may be read. Default: none.',
    parse: z
      .string()
      .default('')
      .transform((value) => partsOf(value.toLowerCase()))
      .refine((parts) => parts.every(isHostName), {
        message: 'must be a list of host names, such as apps.example.internal',
      }),
  },
  trustedProxies: {
    name: 'MCP_OBS_TRUSTED_PROXIES',
    help: 'Addresses or subnets of proxies, comma-separated, whose X-Forwarded-For is believed. Default: this machine.',
    parse: z
      .string()
      .default('127.0.0.0/8, ::1')
      .transform(partsOf)
      .refine((parts) => parts.every(isSubnet), {
        message: 'must be a list of addresses or subnets, such as 10.0.0.1, 172.16.0.0/12',
      }),
  },
  smtpUrl: {
    name: 'MCP_OBS_SMTP_URL',
    help: 'Where mails are handed over, such as smtp://user:password@mail.example.com:587. Default: none are sent.',
    parse: z
      .url({
        protocol: /^smtps?$/,
        error: 'must be a URL, such as smtp://user:password@mail.example.com:587',
      })
      .refine((value) => URL.parse(value)?.hostname, { message: 'must name a host' })
      .optional(),
  },
  mailFrom: {
    name: 'MCP_OBS_MAIL_FROM',
    help: 'Address that mails come from. Needed with MCP_OBS_SMTP_URL.',
    parse: z.email({ error: 'must be an e-mail address, such as support@example.com' }).optional(),
  },
  logLevel: {
    name: 'MCP_OBS_LOG_LEVEL',
    help: 'error, info or debug. Default: info.',
    parse: z
      .enum(['error', 'info', 'debug'], { error: 'must be error, info or debug' })
      .default('info'),
  },
} as const

type Settings = typeof settings
export type Config = { [K in keyof Settings]: z.output<Settings[K]['parse']> }

/** Names that belong to the SDK and may stand in the same environment. */
const sdkNames = ['MCP_OBS_URL', 'MCP_OBS_KEY']

/** Reads the settings, or says in one sentence each what is wrong with them. */
export function parseConfig(
  environment: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const problems = unknownNames(environment)
  const entries = Object.entries(settings).map(([key, { name, parse }]) => {
    const result = parse.safeParse(environment[name] || undefined)
    if (!result.success) problems.push(`${name} ${result.error.issues[0]?.message}.`)
    return [key, result.data]
  })
  if (environment[settings.smtpUrl.name] && !environment[settings.mailFrom.name])
    problems.push(`${settings.smtpUrl.name} needs ${settings.mailFrom.name} beside it.`)
  return problems.length
    ? { ok: false, problems }
    : { ok: true, config: Object.fromEntries(entries) }
}

/** The settings with their sentences, for `--help`. */
export const settingsHelp = Object.values(settings).map(({ name, help }) => ({ name, help }))

function partsOf(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function isHostName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text)
}

function isSubnet(text: string): boolean {
  const [address = '', prefix] = text.split('/')
  const bitsMax = isIP(address) === 6 ? 128 : 32
  return (
    isIP(address) > 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bitsMax))
  )
}

function unknownNames(environment: Record<string, string | undefined>): string[] {
  const known: string[] = Object.values(settings).map(({ name }) => name)
  return Object.keys(environment)
    .filter((name) => name.startsWith('MCP_OBS_') && ![...known, ...sdkNames].includes(name))
    .map((name) => `${name} is not a setting. Did you mean ${nearest(name, known)}?`)
}

function nearest(name: string, known: string[]): string {
  return known.reduce((best, other) =>
    distance(name, other) < distance(name, best) ? other : best,
  )
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1]),
      )
    row = next
  }
  return row[b.length] as number
}
