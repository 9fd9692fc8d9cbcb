import { bodyOf, type Sink } from '../../mail/sink.ts'
import type { Ask, TestServer, World } from '../../world.ts'

export const person = {
  name: 'Ana Lindqvist',
  email: 'ana@fjord.example',
  password: 'a long enough password',
}

/** Mails that browsers have asked for: nobody waits for them to be sent. */
const mailing = { asked: 0 }

/** Waits for the mails that are on their way, and forgets them. */
export async function forgetMails(sink: Sink): Promise<void> {
  await sink.got(mailing.asked)
  mailing.asked = 0
  sink.mails.length = 0
  sink.commands.length = 0
}

/** A browser at one server's pages: keeps cookies as browsers do, by name. */
export class Browser {
  readonly cookies = new Map<string, string>()

  constructor(
    readonly world: World,
    readonly server: TestServer,
  ) {}

  /** Sends what it has, and takes what it gets. */
  async ask(page: string, ask: Ask = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.world.ask(`/s/${this.server.slug}${page}`, { cookie, ...ask })
    if (ask.form && /\/sign-in\/code(\?|$)/.test(locationOf(response))) mailing.asked++
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0;/.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  post = (page: string, form: Record<string, string>) => this.ask(page, { form })
  signUp = (given: Partial<typeof person> = {}) => this.post('/sign-up', { ...person, ...given })
  signIn = ({ email, password } = person) => this.post('/sign-in', { email, password })
  mailCode = (email = person.email) => this.post('/sign-in', { email, way: 'code' })
  enter = (code: string) => this.post('/sign-in/code', { code })
  signOut = () => this.post('/sign-out', { request: '' })

  /** Who is signed in, by the account's page. */
  async whose(): Promise<string | null> {
    const response = await this.ask('/account')
    if (response.status === 303) return null
    return /[\w.+-]+@[\w.-]+\.example/.exec(await response.text())?.[0] ?? ''
  }
}

/** The code of a mail, which came as the `count`th. */
export async function codeOf(sink: Sink, count = 1): Promise<string> {
  const mails = await sink.got(count)
  const [, a = '', b = ''] = /^(\d{4}) (\d{4})\r?$/m.exec(bodyOf(mails[count - 1] as never)) ?? []
  return a + b
}

export const locationOf = (response: Response): string => response.headers.get('location') ?? ''
