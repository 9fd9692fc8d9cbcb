import { afterAll, expect, test } from 'bun:test'
import { createRedactor } from '../../../sdk/src/redact.ts'
import { newKey, openDesk } from '../desk.ts'
import { ask, connectWithSupport } from '../hosts.ts'

const desk = openDesk({ context: 'recent' })
afterAll(desk.close)

const spelled = `employee_id employeeId EmployeeID EMPLOYEE_ID employee-id X-Employee-Id employeeIds
  user.employee.id employeeid old_employee_id_2`.split(/\s+/)

test.each(spelled)('a key of the host is read as words: %s', (name) => {
  const redactor = createRedactor({ keys: ['employee_id'] })
  for (const held of ['a', 7, true, false, ['a'], { a: 1 }, 12n])
    expect(redactor.value({ [name]: held })).toEqual({ [name]: '[redacted]' })
  expect(redactor.value({ [name]: null })).toEqual({ [name]: null })
  expect(redactor.text(`${name}=true`)).toBe(`${name}=[redacted]`)
  expect(redactor.text(`{"${name}":"none"}`)).toBe(`{"${name}":"[redacted]"}`)
  expect(createRedactor().value({ [name]: 'a' })).toEqual({ [name]: 'a' })
})

test.each(['employee', 'id', 'employment_id', 'employee_name', 'unemployee_idle', 'employees_id'])(
  'a key of the host leaves %s alone',
  (name) => {
    const redactor = createRedactor({ keys: ['employee_id', '', '-', ' '] })
    expect(redactor.value({ [name]: 'a' })).toEqual({ [name]: 'a' })
  },
)

test('a name of the host in plain words is known before its value', () => {
  const redactor = createRedactor({ keys: ['social insurance number'] })
  expect(redactor.text('her Social Insurance Number: abc')).toBe(
    'her Social Insurance Number: [redacted]',
  )
})

test('keys of the host hold in arguments, errors, titles and descriptions of its tickets', async () => {
  const options = { url: desk.url, key: newKey(), redactKeys: ['employee_id', 'x-tenant'] }
  const { client } = await connectWithSupport(options)
  await client.callTool({
    name: 'broken',
    arguments: { text: 'employeeId=e4711, tenant' },
  })
  await client.callTool({
    name: 'broken',
    arguments: { text: JSON.stringify({ 'X-Tenant': ['e4711'] }), employee_id: 'e4711' },
  })
  await ask(client, { title: 'employee id: e4711', description: 'x_tenant: e4711 fails' })
  const { ticket } = desk.received.at(-1) ?? {}
  expect(ticket?.context?.calls).toHaveLength(2)
  expect(JSON.stringify(ticket)).not.toContain('e4711')
  expect(ticket).toMatchObject({ title: 'employee id: [redacted]' })
})

test('keys that are no names do no harm', () => {
  for (const keys of [undefined, [], ['***'], [1, null] as unknown as string[]])
    expect(createRedactor({ keys }).value({ a: 'b' })).toEqual({ a: 'b' })
})
