import { describe, expect, test } from 'bun:test'
import { storable } from '#src/lib/text.ts'
import { githubIssue } from '#views/tickets/github-issue.ts'
import { requestOf } from '#views/tickets/json-rpc.ts'
import { payloads } from '../hostile/payloads.ts'
import { context, ticket } from './props.ts'

/** What Markdown of every kind would make of a text that stands outside of code. */
const markdown = [
  '@octocat and @org/team, see #12, owner/repo#3 and GH-4',
  'https://evil.example www.evil.example a@evil.example',
  '[link](https://evil.example) ![image](https://evil.example/x.png)',
  '```\nfence\n```\n@octocat',
  '~~~~~~~~\nfence\n~~~~~~~~\n@octocat',
  '`````text\nfence\n`````\n@octocat',
  '`code` ``code`` ```@octocat```',
  '`',
  '\\`@octocat',
  '</code></pre>@octocat<img src=x>',
  '| a | b |\n| - | - |\n| @octocat | x |',
  '# heading\n- [ ] task\n> quote\n***\n<!-- comment',
  'line\r@octocat\r\n@octocat\u2028@octocat\u0085@octocat',
  '\n\n\n    indented\n\n@octocat',
  'fixes #1\n\nCo-authored-by: a <a@evil.example>',
]

const issueOf = (text: string) => {
  const word = text.trim() || 'x'
  const call = {
    tool: word,
    at: '2026-11-22T09:09:08Z',
    outcome: 'error' as const,
    arguments: { [text]: [text] },
    error: text,
  }
  return githubIssue(
    {
      ...ticket,
      title: text,
      description: `${text}\n\n${text}`,
      failedTool: word,
      context: {
        ...context,
        calls: [call, call],
        client: { name: word, version: word },
        server: { name: word },
        protocolVersion: word,
      },
    },
    'DOCUAPI-1042',
  )
}

/** The elements of the issue, and all its words that stand in no code. */
async function readAs(issue: string) {
  const elements: string[] = []
  let outside = ''
  let depth = 0
  const html = Bun.markdown.html(issue, { autolinks: true })
  await new HTMLRewriter()
    .on('*', {
      element(element) {
        elements.push(element.tagName)
        if (element.tagName !== 'code') return
        depth++
        element.onEndTag(() => {
          depth--
        })
      },
    })
    .onDocument({
      text({ text }) {
        if (depth === 0) outside += text
      },
      comments() {
        elements.push('comment')
      },
    })
    .transform(new Response(html))
    .text()
  return { elements, outside: outside.replace(/\s+/g, ' ') }
}

describe('a GitHub issue', () => {
  test('tells what happened, with the calls that failed', async () => {
    const issue = githubIssue(ticket, 'DOCUAPI-1042')
    expect(issue).toStartWith('### `search_docs keeps returning 403`\n')
    for (const part of [
      'Every search comes back as 403.\n\nI need it by noon.',
      '- Server: `docuapi 2.8.1`',
      '- Client: `Claude Desktop 1.4.2`',
      '- Received: `22 Nov 2026, 09:10:00 UTC`',
      '- Ticket: `DOCUAPI-1042`',
      '"query": "checklist"',
      '"token": "[redacted]"',
      '403 forbidden',
    ])
      expect(issue).toContain(part)
    const { elements } = await readAs(issue)
    expect(elements).not.toContain('a')
  })

  test('keeps what others wrote in code, whatever it is', async () => {
    const plain = await readAs(issueOf('two words'))
    expect(plain.outside).toContain('Failed call')
    for (const text of [...markdown, ...payloads.map(storable)])
      expect({ text, ...(await readAs(issueOf(text))) }).toEqual({ text, ...plain })
  })

  test('would be something else if one text stood outside of code', async () => {
    const plain = await readAs(issueOf('two words'))
    const planted = `${issueOf('two words')}\n\n${markdown[0]} ${markdown[2]}`
    expect(await readAs(planted)).not.toEqual(plain)
  })

  test('leaves out who raised it, wherever they are named', () => {
    const { name, email, subject } = ticket.reporter
    const told = `I am ${name}, ${email?.toUpperCase()}, ${subject}.`
    const call = { ...(context.calls[1] as (typeof context.calls)[1]), error: told }
    const issue = githubIssue(
      { ...ticket, title: told, description: told, context: { ...context, calls: [call] } },
      'DOCUAPI-1042',
    )
    expect(issue).toContain('I am [reporter], [reporter], [reporter].')
    for (const word of [name, email, subject])
      expect(issue.toLowerCase()).not.toContain(word?.toLowerCase() ?? '')
    expect(issue).not.toContain('s_9f2c')
  })

  test('takes a name with signs of patterns as it is written', () => {
    const reporter = { ...ticket.reporter, name: 'A.* (B|C)' }
    const issue = githubIssue({ ...ticket, reporter, title: 'A.* (B|C) and C' }, 'D-1')
    expect(issue).toStartWith('### `[reporter] and C`')
  })
})

describe('a JSON-RPC request', () => {
  const call = (given: unknown) => ({
    tool: 'search_docs',
    at: '2026-11-22T09:09:08Z',
    outcome: 'error' as const,
    arguments: given,
  })
  const params = (given: unknown) => JSON.parse(requestOf(call(given))).params

  test('asks for the tool again, with what was kept', () => {
    expect(JSON.parse(requestOf(call({ q: 'x', token: '[redacted]' })))).toEqual({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'search_docs', arguments: { q: 'x', token: '[redacted]' } },
    })
  })

  test('has no arguments where they were no object, or were cut', () => {
    for (const given of [undefined, null, 'cut: too large', ['x'], 1])
      expect(params(given)).toEqual({ name: 'search_docs' })
  })
})
