import { z } from 'zod'
import { OAuthError } from '#src/web/oauth.ts'
import { authMethods, type Client, grantTypes } from './client.ts'
import { limits } from './limits.ts'
import { shownName } from './naming.ts'
import { redirectProblem } from './redirects.ts'

/** What a client says of itself: in a registration, or in its document. */
export type Described = Pick<Client, 'name' | 'redirectUris' | 'grantTypes' | 'authMethod'>

const text = z.string({ error: 'has to be a text.' })
const texts = z.array(text, { error: 'has to be a list of texts.' })

const redirectUris = texts
  .min(1, 'has to name one at least.')
  .max(limits.redirectUrisMax, `may name ${limits.redirectUrisMax} at most.`)
  .superRefine((uris, context) => {
    for (const uri of uris) {
      const tooLong =
        uri.length > limits.uriCharsMax && `is ${limits.uriCharsMax} characters at most.`
      const message = tooLong || redirectProblem(uri)
      if (message) context.addIssue({ code: 'custom', message })
    }
  })

/**
 * The metadata of RFC 7591 2 that means something here. Of grant and response types the ones that
 * are not offered are left out, which the answer says; other metadata is ignored.
 */
const schema = z.object({
  redirect_uris: redirectUris,
  client_name: text
    .max(limits.nameCharsMax, `has ${limits.nameCharsMax} characters at most.`)
    .default('')
    .transform(shownName),
  grant_types: texts
    .default(['authorization_code'])
    .transform((asked) => grantTypes.filter((type) => asked.includes(type)))
    .refine((types) => types.includes('authorization_code'), {
      message: 'has to include authorization_code.',
    }),
  response_types: texts
    .default(['code'])
    .refine((types) => types.includes('code'), { message: 'has to include code.' }),
  token_endpoint_auth_method: z
    .enum(authMethods, { error: `has to be one of ${authMethods.join(', ')}.` })
    .optional(),
  application_type: z.enum(['web', 'native'], { error: 'has to be web or native.' }).optional(),
})

/**
 * Reads what a client says of itself; `authMethod` is the one it has where it names none. Refused
 * as `invalid_redirect_uri` or `invalid_client_metadata` (RFC 7591 3.2.2).
 */
export function parseMetadata(
  value: unknown,
  authMethod: Client['authMethod'],
): Described & { applicationType: 'web' | 'native' | undefined } {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw refusal(parsed.error)
  const { data } = parsed
  return {
    name: data.client_name,
    redirectUris: [...new Set(data.redirect_uris)],
    grantTypes: data.grant_types,
    authMethod: data.token_endpoint_auth_method ?? authMethod,
    applicationType: data.application_type,
  }
}

/** Of several problems the first, by the name of its field. */
function refusal({ issues }: z.ZodError): OAuthError {
  const [issue] = issues
  const [field] = issue?.path ?? []
  if (!issue || field === undefined)
    return new OAuthError('invalid_client_metadata', 'The metadata has to be a JSON object.')
  const code = field === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata'
  return new OAuthError(code, `${String(field)}: ${issue.message}`)
}
