import { checkTool } from '#sdk/check-tool.ts'
import type { SupportSettings } from '#sdk/contract.ts'
import { supportTool } from '#sdk/tool.ts'
import { visibleText } from '#sdk/visible.ts'
import { slugProblem } from '#src/lib/slug.ts'
import { cut } from '#src/lib/text.ts'
import { serverAddress } from '#src/web/host.ts'
import { supportDefaults, usualClaims } from './defaults.ts'
import { categoriesOf, chosenSlug, type ServerForm } from './form.ts'
import { settingLimits as max } from './limits.ts'
import { tellsApart } from './settings.ts'

/** What a form that is being filled in would make. */
export type ServerPreview = {
  /** Where a new server would be; null while its slug can't be one. */
  address: string | null
  /** Whether models would see the tool at all. */
  support: boolean
  tool: { name: string; title: string; description: string; schema: string }
  /** The second one, where it is switched on. */
  check: { name: string; description: string } | null
}

/** The tool by the SDK's own hand, from settings that need not be complete yet. */
export function previewOf(form: ServerForm, baseUrl: URL): ServerPreview {
  const slug = chosenSlug(form)
  const auth = form.auth === 'external' || form.auth === 'platform' ? form.auth : 'none'
  const context = form.context === 'off' || form.context === 'recent' ? form.context : 'call'
  const settings: SupportSettings = {
    enabled: true,
    serverName: line(form.name, max.nameCharsMax) || 'your server',
    title: line(form.title, max.toolTitleCharsMax) || supportDefaults.title,
    description: cut(visibleText(form.description), max.toolDescriptionCharsMax),
    categories: categoriesOf(form.categories).slice(-max.categoriesMax),
    claims: usualClaims,
    auth,
    context,
    check: form.check && tellsApart(auth, context),
  }
  const { name, title, description, inputSchema } = supportTool(settings)
  const check = checkTool(settings)
  return {
    address: slugProblem(slug) ? null : serverAddress(slug, baseUrl),
    support: form.support,
    tool: { name, title, description, schema: JSON.stringify(inputSchema, null, 2) },
    check: settings.check ? { name: check.name, description: check.description } : null,
  }
}

const line = (text: string, charsMax: number) => cut(visibleText(text), charsMax)
