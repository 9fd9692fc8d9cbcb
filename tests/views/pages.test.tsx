import { describe, expect, test } from 'bun:test'
import { ErrorPage } from '#views/error.tsx'
import { Layout } from '#views/layout.tsx'
import { OrganizationsPage } from '#views/staff/organizations.tsx'
import { SignInPage } from '#views/staff/sign-in.tsx'
import { textOf, valuesOf } from './parse.ts'
import { organization, servers } from './props.ts'

const layout = (server?: string) => (
  <Layout
    title="Inbox"
    organization={organization}
    staffName="Mira Okafor"
    servers={servers}
    active="tickets"
    hasOthers={false}
    {...(server && { server })}
  >
    <p>content</p>
  </Layout>
)

describe('the layout', () => {
  test('links to what exists and nothing else', () => {
    expect([...new Set(valuesOf(layout(), 'a', 'href'))]).toEqual([
      '#main',
      '/northwind/tickets',
      '/northwind/causes',
      '/northwind/analytics',
      '/northwind/servers',
      '/northwind/members',
      '/northwind/tickets?server=docuapi',
      '/northwind/tickets?server=billing',
      '/northwind/profile',
    ])
    expect(valuesOf(layout(), 'form', 'action')).toEqual(['/sign-out'])
  })
  test('marks where one is, and servers that are off', () => {
    expect(valuesOf(layout(), 'a', 'aria-current')).toEqual(['page', 'page'])
    expect(valuesOf(layout('billing'), 'a', 'aria-current')).toEqual(['page', 'page'])
    expect(textOf(layout())).toContain('billing off')
  })
  test('configures htmx to fit the content security policy', () => {
    const [config = ''] = valuesOf(layout(), 'meta', 'content').filter((v) => v.startsWith('{'))
    expect(JSON.parse(config)).toMatchObject({ includeIndicatorCSS: false, prefix: '' })
  })
})

describe('signing in', () => {
  test('is an ordinary form that password managers understand', () => {
    expect(valuesOf(<SignInPage />, 'form', 'action')).toEqual(['/sign-in'])
    expect(valuesOf(<SignInPage />, 'input', 'autocomplete')).toEqual([
      'username',
      'current-password',
    ])
  })
  test('keeps the address and where to go after a refusal, never the password', () => {
    const markup = <SignInPage email="mira@northwind.example" problem="No." next="/northwind" />
    expect(valuesOf(markup, 'input', 'value')).toEqual(['/northwind', 'mira@northwind.example'])
    expect(valuesOf(markup, 'p', 'role')).toEqual(['alert'])
  })
})

test('an error says what, and leads back', () => {
  const markup = <ErrorPage status={404} title="There is nothing here" />
  expect(textOf(markup)).toContain('Error 404')
  expect(valuesOf(markup, 'a', 'href')).toEqual(['/'])
  expect(valuesOf(<ErrorPage status={401} title="Sign in first" />, 'a', 'href')).toEqual([
    '/sign-in',
  ])
})

test('who belongs to no organization is told what to ask for', () => {
  const markup = <OrganizationsPage organizations={[]} staffName="Mira" />
  expect(textOf(markup)).toContain('You are in no organization yet')
  expect(valuesOf(markup, 'form', 'action')).toEqual(['/sign-out'])
})

test('organizations are chosen by link', () => {
  const markup = <OrganizationsPage organizations={[organization]} staffName="Mira" />
  expect(valuesOf(markup, 'a', 'href')).toEqual(['/northwind/tickets'])
})
