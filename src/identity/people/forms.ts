import { z } from 'zod'
import { inOrder } from '#src/lib/text.ts'
import { nameField } from '#src/staff/forms.ts'

/** A name that reads on every page as it was written. */
export const personNameField = z.preprocess(
  (name) => (typeof name === 'string' ? inOrder(name) : name),
  nameField,
)
