import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Receipt } from '#sdk/contract.ts'
import { answerText } from '#src/causes/answer.ts'
import { newId } from '#src/lib/ids.ts'
import { part } from '../tickets/desk.ts'
import { textOf, valuesOf } from '../views/parse.ts'
import { plantCause } from '../walls/facts.ts'
import { jsonOf, makeWorld, reporter, type World } from '../world.ts'

let world: World
let cookie: string
let number: number
beforeAll(async () => {
  world = await makeWorld()
  cookie = await world.signIn(world.northwind.staff.email)
})
beforeEach(async () => {
  const { owner } = world.database
  await owner`delete from rate_bucket`
  for (const organization of [world.southwind, world.northwind]) {
    const server = organization.servers.external
    number = await world.file(server, { reporter: { ...reporter, subject: newId() } })
    await plantCause(world, organization, number)
    await owner`delete from cause_answer where organization_id = ${organization.scope.organizationId}`
  }
})
afterAll(() => world.close())

const post = (
  form: Record<string, string>,
  action = 'answer',
  { headers = {}, by = cookie }: { headers?: Record<string, string>; by?: string } = {},
) => world.ask(`/northwind/causes/${number}/${action}`, { cookie: by, form, headers })

const page = async () => (await world.ask(`/northwind/causes/${number}`, { cookie })).text()

/** What is in the table, oldest version first. */
async function versions(slug = 'northwind') {
  const rows = await world.database.owner`
    select a.version, a.body, a.link, s.email from cause_answer a
      join organization o on o.id = a.organization_id join staff s on s.id = a.staff_id
     where o.slug = ${slug} and a.cause = ${number} order by a.version`
  return rows.map(({ version, body, link, email }) => [version, body, link, email])
}

/** Another one of the staff, signed in. */
async function colleague() {
  const { owner } = world.database
  const id = newId()
  await owner`insert into staff select ${id}, ${`${id}@northwind.example`}, 'Sam Berg', password_hash, now()
    from staff where id = ${world.northwind.staff.id}`
  await owner`insert into membership values (${id}, ${world.northwind.scope.organizationId}, 'member')`
  const email = `${id}@northwind.example`
  return { email, cookie: await world.signIn(email) }
}

const unseen = ['\u200b', '\u202e', '\ufeff', '\u{e0041}\u{e0042}', '\u3164', '\0', '\u0007']

describe('an answer', () => {
  test('is saved as versions, each with its author, and shown with them', async () => {
    const sam = await colleague()
    const { email } = world.northwind.staff
    const first = { body: 'Sign in again.', link: '', was: '0' }
    const saved = await post(first)
    expect(saved.status).toBe(303)
    expect(saved.headers.get('location')).toBe(`/northwind/causes/${number}#answer`)
    const second = { body: 'Sign in\r\nagain, twice.', link: 'HTTPS://Docs.example/a b', was: '1' }
    expect((await post(second, 'answer', { by: sam.cookie })).status).toBe(303)
    expect(await versions()).toEqual([
      [1, 'Sign in again.', null, email],
      [2, 'Sign in\nagain, twice.', 'https://docs.example/a%20b', sam.email],
    ])
    expect(await versions('southwind')).toEqual([])
    const shown = textOf(await page())
    expect(shown).toContain('Version 2 by Sam Berg')
    expect(shown).toContain('Mira Okafor wrote version 1')
    expect(shown).toContain('Sam Berg changed the answer: version 2')
    const listed = await world.ask('/northwind/causes', { cookie })
    expect(textOf(await listed.text())).toContain('answered')
  })

  test('that is saved as it is makes no version', async () => {
    const form = { body: 'Sign in again.', link: 'https://docs.example', was: '0' }
    for (const _ of [1, 2]) expect((await post(form)).status).toBe(303)
    expect(await versions()).toHaveLength(1)
  })

  test('is taken back, and can be used again', async () => {
    await post({ body: 'Sign in again.', link: 'https://docs.example/', was: '0' })
    expect((await post({ was: '1' }, 'answer/removal')).status).toBe(303)
    const { email } = world.northwind.staff
    expect((await versions()).at(-1)).toEqual([2, null, null, email])
    const taken = await page()
    expect(textOf(taken)).toContain('Taken back by Mira Okafor')
    expect(textOf(taken)).toContain('Mira Okafor took the answer back')
    const [, form = ''] = taken.split('<ol class="log versions">')
    const fields = valuesOf(form.split('</form>')[0], 'input', 'value')
    expect(fields).toEqual(['2', 'Sign in again.', 'https://docs.example/'])
    const [was = '', body = '', link = ''] = fields
    expect((await post({ was, body, link })).status).toBe(303)
    expect((await versions()).at(-1)).toEqual([3, body, link, email])
    expect((await post({ was: '3' }, 'answer/removal')).status).toBe(303)
    expect((await post({ was: '4' }, 'answer/removal')).status).toBe(303)
    expect(await versions()).toHaveLength(4)
  })

  test('of somebody who was late changes nothing, and is there to be saved again', async () => {
    await post({ body: 'Theirs', link: '', was: '0' })
    const late = await post({ body: 'Mine & only <mine>', link: 'https://mine.example/', was: '0' })
    expect(late.status).toBe(409)
    const body = await late.text()
    expect(textOf(body)).toContain('Somebody changed the answer meanwhile')
    expect(textOf(body)).toContain('Theirs')
    expect(textOf(body)).toContain('Mine & only <mine>')
    expect(valuesOf(body, 'input', 'value')).toContain('https://mine.example/')
    expect(valuesOf(body, 'div', 'data-address')).toEqual([`/northwind/causes/${number}`])
    expect((await post({ was: '0' }, 'answer/removal')).status).toBe(409)
    expect(await versions()).toHaveLength(1)
    expect((await post({ body: 'Mine', link: '', was: '1' })).status).toBe(303)
  })

  test('of two who save at once is that of one of them', async () => {
    const at = (n: number) => post({ body: `Mine ${n}`, link: '', was: '0' })
    const answers = await Promise.all([1, 2, 3, 4].map(at))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409])
    expect(await versions()).toHaveLength(1)
  })
})

describe('an answer with', () => {
  for (const text of unseen)
    test(`${JSON.stringify(text)} is kept without it`, async () => {
      await post({ body: `Sign${text} in.`, link: '', was: '0' })
      expect((await versions())[0]?.[1]).toBe('Sign in.')
    })

  test('nothing to see is refused with a sentence, and stays in the form', async () => {
    for (const body of ['', '  \r\n\t ', unseen.join(''), '\u2800\u00a0']) {
      const refused = await post({ body, link: 'https://docs.example/', was: '0' })
      expect(refused.status).toBe(422)
      const html = await refused.text()
      expect(textOf(html)).toContain('Write something that can be seen.')
      expect(valuesOf(html, 'input', 'value')).toContain('https://docs.example/')
    }
    expect(await versions()).toEqual([])
  })

  test('more than 500 characters is refused, and one of 500 is not', async () => {
    const refused = await post({ body: 'x'.repeat(501), link: '', was: '0' })
    expect(refused.status).toBe(422)
    expect(textOf(await refused.text())).toContain('Use at most 500 characters.')
    const exact = `${'x'.repeat(498)}\r\nx${'\u200b'.repeat(30)}`
    expect((await post({ body: exact, link: '', was: '0' })).status).toBe(303)
  })

  test('a link that is no https address of ordinary length is refused', async () => {
    for (const link of [
      'http://docs.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'docs.example',
      'https://',
      'https://user:secret@docs.example',
      `https://docs.example/${'x'.repeat(300)}`,
    ]) {
      const refused = await post({ body: 'Read on.', link, was: '0' })
      expect([link, refused.status]).toEqual([link, 422])
      expect(textOf(await refused.text())).toContain('begins with https://')
    }
    expect(await versions()).toEqual([])
  })

  test('no version that was edited is refused', async () => {
    for (const was of ['', 'x', '-1', '1.5', '99999999999'])
      expect((await post({ body: 'Read on.', link: '', was })).status).toBe(422)
    expect((await post({ body: 'Read on.', link: '' })).status).toBe(422)
    expect(await versions()).toEqual([])
  })
})

describe('the preview', () => {
  const typed = {
    body: ' Sign in\u202e again.\r\n\r\n<b>Twice</b>',
    link: 'https://Docs.example/é',
  }
  const seen = 'Sign in again.\n\n<b>Twice</b>\nMore: https://docs.example/%C3%A9'
  const shownIn = (html: string) => {
    const [, block = ''] = html.split('id="answer-preview"')
    return textOf(`<${block.split('</pre>')[0]}`).trim()
  }
  const asRead = (text: string) => text.replace(/\s+/g, ' ')

  test('is what is saved and sent, to the letter', async () => {
    const alone = await post(typed, 'answer/preview', { headers: part })
    const html = await alone.text()
    const [, pre = ''] = /<pre[^>]*>([\s\S]*?)<\/pre>/.exec(html) ?? []
    expect(pre.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(seen)
    expect(textOf(html)).toContain('28 of 500 characters')
    expect(html).not.toContain('<html')
    expect(await versions()).toEqual([])
    await post({ ...typed, was: '0' })
    const [[, body = '', link = null] = []] = await versions()
    expect(answerText({ body, link })).toBe(seen)
  })

  test('is the same on the whole page for who has no script, with what is typed', async () => {
    const whole = await (await post(typed, 'answer/preview')).text()
    expect(whole).toContain('<!doctype html>')
    expect(shownIn(whole)).toContain(asRead(seen))
    expect(textOf(whole)).toContain('<b>Twice</b>')
    expect(valuesOf(whole, 'input', 'value')).toContain('https://Docs.example/é')
    expect(valuesOf(whole, 'button', 'formaction')).toEqual([
      `/northwind/causes/${number}/answer/preview#answer`,
    ])
    expect(await versions()).toEqual([])
  })

  test('says what could not be saved, and that nothing is told where there is nothing', async () => {
    const of = async (form: Record<string, string>) =>
      textOf(await (await post(form, 'answer/preview', { headers: part })).text())
    expect(await of({ body: 'Read on.', link: 'http://x' })).toContain('begins with https://')
    expect(await of({ body: 'x'.repeat(501), link: '' })).toContain('501 of 500 characters')
    expect(await of({ body: '\u200b', link: '' })).toContain('Nothing: reporters of this')
  })
})

test('the next reporter is told what the preview shows', async () => {
  const server = world.northwind.servers.external
  const failing = (subject: string) => ({
    title: 'Export fails',
    description: 'Every export ends in an error.',
    reporter: { ...reporter, subject },
    context: {
      calls: [
        {
          tool: 'export',
          at: new Date().toISOString(),
          outcome: 'error',
          error: '503 export is down',
        },
      ],
    },
  })
  number = await world.file(server, failing('first'))
  const answer = { body: 'Exports are back at 18:00.', link: 'https://status.example/7' }
  expect((await post({ ...answer, was: '0' })).status).toBe(303)
  const response = await world.ask(`/s/${server.slug}/api/support`, {
    key: server.key,
    json: failing('second'),
  })
  expect((await jsonOf<Receipt>(response)).answer).toBe(answerText(answer))
})
