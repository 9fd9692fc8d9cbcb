import { limits } from '#sdk/limits.ts'
import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { usualClaims } from '#src/servers/defaults.ts'
import type { ServerForm } from '#src/servers/form.ts'
import { settingLimits as max } from '#src/servers/limits.ts'
import { Field } from '#views/parts/field.tsx'
import { Choices } from './choices.tsx'
import { DeskFields } from './desk-fields.tsx'
import { Lines } from './lines.tsx'
import { authMeanings, authNames, contextMeanings, contextNames } from './words.ts'

export type PartProps = { form: ServerForm; problems: Record<string, string> }

/** Of a server that is there: whether the company's issuer answers, and the desk's for it. */
type AuthProps = PartProps & { connection?: Child; issuer?: string | undefined }

/** How the server knows its users. */
export function AuthFields({ form, problems, connection, issuer }: AuthProps) {
  const ownIssuer = (
    <>
      {connection}
      <Field
        label="Issuer"
        name="issuer"
        value={form.issuer}
        problem={problems.issuer}
        hint="Whose tokens your server accepts, such as https://login.acme.example."
        autocomplete="off"
        maxlength={max.issuerCharsMax}
        optional
      />
      <Field
        label="Audience"
        name="audience"
        value={form.audience}
        problem={problems.audience}
        hint="Whom those tokens are for: mostly the address of your MCP server."
        autocomplete="off"
        maxlength={max.issuerCharsMax}
        optional
      />
      <ClaimFields form={form} problems={problems} />
    </>
  )
  return (
    <Choices
      name="auth"
      legend="Who its users are"
      chosen={form.auth}
      problem={problems.auth}
      choices={[
        { value: 'none', label: authNames.none, means: authMeanings.none },
        {
          value: 'external',
          label: authNames.external,
          means: authMeanings.external,
          more: ownIssuer,
        },
        {
          value: 'platform',
          label: authNames.platform,
          means: authMeanings.platform,
          more: <DeskFields form={form} problems={problems} issuer={issuer} />,
        },
      ]}
    />
  )
}

/** Where an issuer keeps what its tokens say of a person; folded, as most keep it alike. */
function ClaimFields({ form, problems }: PartProps) {
  const { emailClaim, nameClaim } = form
  const isUsual = emailClaim === usualClaims.email && nameClaim === usualClaims.name
  return (
    <details class="trouble" open={!isUsual}>
      <summary>
        <span class="link small">Claims for e-mail and name</span>
      </summary>
      <p class="faint small">
        As your server’s verifier passes them on in <code>authInfo.extra</code>; to{' '}
        <code>createTokenVerifier</code> they have to be named too.
      </p>
      <Field
        label="Claim of the e-mail"
        name="emailClaim"
        value={emailClaim}
        problem={problems.emailClaim}
        hint="Where its tokens say a person’s address: mostly email, sometimes upn or mail."
        autocomplete="off"
        maxlength={max.claimCharsMax}
        optional
      />
      <Field
        label="Claim of the name"
        name="nameClaim"
        value={nameClaim}
        problem={problems.nameClaim}
        hint="Without them a ticket says issuer and subject only."
        autocomplete="off"
        maxlength={max.claimCharsMax}
        optional
      />
    </details>
  )
}

/** Whether there is a tool, and its words. */
export function ToolFields({ form, problems }: PartProps) {
  return (
    <fieldset class="stack group">
      <legend>The support tool</legend>
      <label class="check switch">
        <input type="checkbox" name="support" value="on" checked={form.support} />
        <span>
          Offer support in this server
          <span class="faint small">
            Adds one tool to it, by which users open tickets. Off, the server is as it was.
          </span>
        </span>
      </label>
      <label class="check switch">
        <input type="checkbox" name="check" value="on" checked={form.check} />
        <span>
          Let users look up their tickets
          <span class="faint small">
            Adds a second tool. Who signs in sees the status and answer of their own tickets;
            without a sign-in, only those of the same session, where tickets store it.
          </span>
        </span>
      </label>
      <Field
        label="Title"
        name="title"
        value={form.title}
        problem={problems.title}
        hint="What people read in their AI client."
        autocomplete="off"
        maxlength={max.toolTitleCharsMax}
      />
      <Lines
        label="Description"
        name="description"
        value={form.description}
        problem={problems.description}
        hint="In your words, what it is for. When to use it, the desk tells the model itself."
        rows="3"
        maxlength={max.toolDescriptionCharsMax}
      />
      <Lines
        label="Categories"
        name="categories"
        value={form.categories}
        problem={problems.categories}
        hint={`One a line, ${max.categoriesMax} at most, of up to 40 characters. Other stays, as the last.`}
        rows="5"
        maxlength={max.categoriesMax * (limits.categoryCharsMax + 1)}
      />
    </fieldset>
  )
}

/** What of a session goes with a ticket. */
export const ContextFields = ({ form, problems }: PartProps) => (
  <Choices
    name="context"
    legend="What a ticket stores of the session"
    chosen={form.context}
    problem={problems.context}
    choices={(['off', 'call', 'recent'] as const).map((value) => ({
      value,
      label: contextNames[value],
      means: contextMeanings[value],
    }))}
  />
)
