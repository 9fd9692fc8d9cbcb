import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { migrate } from './migrate.ts'
import { organizationCreate } from './organization-create.ts'
import { serve } from './serve.ts'
import { serverCreate } from './server-create.ts'
import { staffCreate } from './staff-create.ts'
import { staffResetPassword } from './staff-reset-password.ts'

export const commands: Command[] = [
  serve,
  demo,
  migrate,
  organizationCreate,
  staffCreate,
  staffResetPassword,
  serverCreate,
]
