import { describe, expect, test } from 'bun:test'
import { AccountPage } from '#views/identity/account.tsx'
import { CodeGonePage, CodePage } from '#views/identity/code.tsx'
import { SignInPage } from '#views/identity/sign-in.tsx'
import { SignUpPage } from '#views/identity/sign-up.tsx'
import { elementsOf, skeletonOf } from '../../views/parse.ts'

const now = new Date('2026-11-22T10:00:00Z')
const path = '/s/docuapi'

/** Every page, with a text in all that a stranger or the company wrote. */
const pages: Record<string, (text: string) => unknown> = {
  SignInPage: (text) => (
    <SignInPage
      server={text}
      path={path}
      request={text}
      signUp={`${path}/sign-up`}
      client={text}
      signedIn={{ name: text, onward: `${path}/authorize?${new URLSearchParams({ text })}` }}
      canMail
      email={text}
      problem={text}
      emailProblem={text}
    />
  ),
  SignUpPage: (text) => (
    <SignUpPage
      server={text}
      path={path}
      request={text}
      signIn={`${path}/sign-in`}
      client={text}
      canMail
      typed={{ name: text, email: text }}
      problems={{ name: text, email: text, password: text }}
      problem={text}
    />
  ),
  CodePage: (text) => (
    <CodePage
      server={text}
      path={path}
      request={text}
      email={text}
      again={`${path}/sign-in`}
      problem={text}
    />
  ),
  CodeGonePage: (text) => <CodeGonePage server={text} again={`${path}/sign-in`} />,
  AccountPage: (text) => (
    <AccountPage
      server={text}
      path={path}
      endUser={{ name: text, email: text, emailVerified: true }}
      grants={[0, 1].map(() => ({
        id: 'g-1',
        client: text,
        host: text,
        createdAt: now,
        usedAt: now,
      }))}
      sessions={[true, false].map((isOwn) => ({ id: 's', browser: text, createdAt: now, isOwn }))}
      hasPassword
      canMail
      problems={{ current: text, password: text }}
      changed="reset"
      now={now}
    />
  ),
}

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></textarea><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '\u0000\u202e\ud800<b>',
]

for (const [name, draw] of Object.entries(pages))
  describe(name, () => {
    for (const text of hostile)
      test(`is inert to ${JSON.stringify(text)}`, () => {
        const markup = draw(text)
        expect(skeletonOf(markup)).toEqual(skeletonOf(draw('harmless')))
        for (const { attributes } of elementsOf(markup))
          for (const [attribute, value] of attributes)
            if (/^(href|src|action)$/.test(attribute)) expect(value).toMatch(/^\/(?!\/)/)
      })

    test('works without a script, by forms to the server’s own pages', () => {
      const forms = elementsOf(draw('x')).filter(({ tag }) => tag === 'form')
      for (const { attributes } of forms) {
        const { action, method } = Object.fromEntries(attributes)
        expect(method).toBe('post')
        expect(action).toStartWith(`${path}/`)
      }
      expect(String(draw('x'))).not.toContain(' hx-')
    })
  })
