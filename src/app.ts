import { exportAnalytics, postTimeZone, showAnalytics } from '#src/analytics/routes.tsx'
import { postCauseName, postCauseStatus } from '#src/causes/acting/routes.tsx'
import { postAnswer, previewAnswer, removeAnswer } from '#src/causes/answering/routes.tsx'
import { showCauses } from '#src/causes/routes.tsx'
import { showCause } from '#src/causes/showing/routes.tsx'
import { postRemoval } from '#src/demo/routes.ts'
import { postConsent, showAuthorize } from '#src/identity/authorization/routes.tsx'
import { postClient } from '#src/identity/clients/routes.ts'
import { postToken, postTokenRevocation } from '#src/identity/grants/routes.ts'
import {
  endOtherBrowsers,
  endOwnBrowser,
  endOwnSignIn,
  endOwnSignIns,
  postPassword,
  showAccount,
} from '#src/identity/people/account/routes.tsx'
import { postCode, showCode } from '#src/identity/people/code/routes.tsx'
import {
  postSignIn as postEndUserSignIn,
  postSignOut as postEndUserSignOut,
  showSignIn as showEndUserSignIn,
} from '#src/identity/people/sign-in/routes.tsx'
import { postSignUp, showSignUp } from '#src/identity/people/sign-up/routes.tsx'
import { person } from '#src/identity/people/who.ts'
import { showKeys, showMetadata } from '#src/identity/published/routes.ts'
import { oauthClient, visitor } from '#src/identity/who.ts'
import { noting } from '#src/intake/noting.ts'
import { intakeRouter } from '#src/intake/router.ts'
import { postTicket } from '#src/intake/routes.ts'
import { postTestTicket } from '#src/intake/test-ticket/routes.tsx'
import { postServer, previewServer, showNewServer } from '#src/servers/adding/routes.tsx'
import { showConnect, showProgress } from '#src/servers/connect/routes.tsx'
import {
  endBrowser,
  endSignIn,
  endSignIns,
  removeEndUser,
  showEndUser,
  showEndUsers,
} from '#src/servers/end-users/routes.tsx'
import { postIntrospection } from '#src/servers/introspection/routes.ts'
import { secretKey } from '#src/servers/introspection/who.ts'
import { showIssuer } from '#src/servers/issuer/routes.tsx'
import {
  postDeletion,
  postKey,
  postRevocation,
  postServerStatus,
  postSettings,
  showServer,
  showServers,
} from '#src/servers/routes.tsx'
import { serverKey } from '#src/servers/who.ts'
import { acceptInvitation, invite, revoke, showInvitation } from '#src/staff/invitations/routes.tsx'
import { leave, postRole, removeMember, showMembers } from '#src/staff/members/routes.tsx'
import { postForgotten, postReset, showForgotten, showReset } from '#src/staff/password/routes.tsx'
import {
  changePassword,
  endOne,
  endOthers,
  rename,
  showProfile,
} from '#src/staff/profile/routes.tsx'
import { showHome, showOrganizations, showSignIn, signIn, signOut } from '#src/staff/routes.tsx'
import { claimSetup, showSetup } from '#src/staff/setup/routes.tsx'
import { member, owner, signedIn } from '#src/staff/who.ts'
import {
  postBlock,
  postNote,
  postPriority,
  postRead,
  postStatus,
  postUnread,
} from '#src/tickets/acting/routes.tsx'
import { postBulk } from '#src/tickets/bulk/routes.tsx'
import { postErasure, showErasure } from '#src/tickets/erasure/routes.tsx'
import { exportCsv, exportJsonLines } from '#src/tickets/exporting/routes.ts'
import { postMerge } from '#src/tickets/merging/routes.tsx'
import { ticketsRouter } from '#src/tickets/router.ts'
import { showNews, showTickets } from '#src/tickets/routes.tsx'
import { showContext, showTicket } from '#src/tickets/showing/routes.tsx'
import { postUndo } from '#src/tickets/undoing/routes.tsx'
import { serveAsset } from '#src/web/assets.ts'
import { showHealth } from '#src/web/health.ts'
import { mount } from '#src/web/mount.ts'
import { anyone, type Desk, type Route, route } from '#src/web/route.ts'
import { serveTrpc } from '#src/web/trpc.ts'

const staffTrpc = serveTrpc(ticketsRouter)
const serverTrpc = noting(serveTrpc(intakeRouter))

/**
 * The map of the product: method, host, path, who may call, what answers. A route that is not
 * here does not exist.
 */
export const routes: Route[] = [
  route('GET', 'any', '/healthz', anyone, showHealth, 'problem'),
  route('GET', 'any', '/assets/:file', anyone, serveAsset),

  route('GET', 'dashboard', '/', signedIn, showHome),
  route('GET', 'dashboard', '/organizations', signedIn, showOrganizations),
  route('GET', 'dashboard', '/sign-in', anyone, showSignIn),
  route('POST', 'dashboard', '/sign-in', anyone, signIn),
  route('POST', 'dashboard', '/sign-out', anyone, signOut),
  route('GET', 'dashboard', '/setup', anyone, showSetup),
  route('POST', 'dashboard', '/setup', anyone, claimSetup),
  route('GET', 'dashboard', '/invitations/:token', anyone, showInvitation),
  route('POST', 'dashboard', '/invitations/:token', anyone, acceptInvitation),
  route('GET', 'dashboard', '/password', anyone, showForgotten),
  route('POST', 'dashboard', '/password', anyone, postForgotten),
  route('GET', 'dashboard', '/password/:token', anyone, showReset),
  route('POST', 'dashboard', '/password/:token', anyone, postReset),

  route('GET', 'dashboard', '/:organization/tickets', member, showTickets),
  route('GET', 'dashboard', '/:organization/tickets/news', member, showNews),
  route('POST', 'dashboard', '/:organization/tickets/bulk', member, postBulk),
  route('GET', 'dashboard', '/:organization/tickets/export.csv', member, exportCsv),
  route('GET', 'dashboard', '/:organization/tickets/export.jsonl', member, exportJsonLines),
  route('GET', 'dashboard', '/:organization/tickets/:number', member, showTicket),
  route('GET', 'dashboard', '/:organization/tickets/:number/context.json', member, showContext),
  route('POST', 'dashboard', '/:organization/tickets/:number/status', member, postStatus),
  route('POST', 'dashboard', '/:organization/tickets/:number/priority', member, postPriority),
  route('POST', 'dashboard', '/:organization/tickets/:number/notes', member, postNote),
  route('POST', 'dashboard', '/:organization/tickets/:number/block', member, postBlock),
  route('POST', 'dashboard', '/:organization/tickets/:number/merge', member, postMerge),
  route('POST', 'dashboard', '/:organization/tickets/:number/read', member, postRead),
  route('POST', 'dashboard', '/:organization/tickets/:number/unread', member, postUnread),
  route('POST', 'dashboard', '/:organization/changes/:change/undo', member, postUndo),
  route('GET', 'dashboard', '/:organization/tickets/:number/erasure', owner, showErasure),
  route('POST', 'dashboard', '/:organization/tickets/:number/erasure', owner, postErasure),
  route('GET', 'dashboard', '/:organization/trpc/:procedure', member, staffTrpc, 'trpc'),
  route('POST', 'dashboard', '/:organization/trpc/:procedure', member, staffTrpc, 'trpc'),

  route('GET', 'dashboard', '/:organization/causes', member, showCauses),
  route('GET', 'dashboard', '/:organization/causes/:number', member, showCause),
  route('POST', 'dashboard', '/:organization/causes/:number/name', member, postCauseName),
  route('POST', 'dashboard', '/:organization/causes/:number/status', member, postCauseStatus),
  route('POST', 'dashboard', '/:organization/causes/:number/answer', member, postAnswer),
  route('POST', 'dashboard', '/:organization/causes/:number/answer/preview', member, previewAnswer),
  route('POST', 'dashboard', '/:organization/causes/:number/answer/removal', member, removeAnswer),

  route('GET', 'dashboard', '/:organization/analytics', member, showAnalytics),
  route('GET', 'dashboard', '/:organization/analytics.csv', member, exportAnalytics),
  route('POST', 'dashboard', '/:organization/time-zone', owner, postTimeZone),

  route('GET', 'dashboard', '/:organization/members', member, showMembers),
  route('POST', 'dashboard', '/:organization/members/:member/role', owner, postRole),
  route('POST', 'dashboard', '/:organization/members/:member/removal', owner, removeMember),
  route('POST', 'dashboard', '/:organization/departure', member, leave),
  route('POST', 'dashboard', '/:organization/invitations', owner, invite),
  route('POST', 'dashboard', '/:organization/invitations/:invitation/removal', owner, revoke),

  route('GET', 'dashboard', '/:organization/servers/:server/connect', member, showConnect),
  route(
    'GET',
    'dashboard',
    '/:organization/servers/:server/connect/progress',
    member,
    showProgress,
  ),
  route('POST', 'dashboard', '/:organization/servers/:server/test-ticket', owner, postTestTicket),

  route('GET', 'dashboard', '/:organization/servers', member, showServers),
  route('POST', 'dashboard', '/:organization/servers', owner, postServer),
  route('GET', 'dashboard', '/:organization/servers/new', owner, showNewServer),
  route('POST', 'dashboard', '/:organization/servers/new/preview', owner, previewServer),
  route('GET', 'dashboard', '/:organization/servers/:server', member, showServer),
  route('GET', 'dashboard', '/:organization/servers/:server/issuer', member, showIssuer),
  route('POST', 'dashboard', '/:organization/servers/:server/settings', owner, postSettings),
  route('POST', 'dashboard', '/:organization/servers/:server/status', owner, postServerStatus),
  route('POST', 'dashboard', '/:organization/servers/:server/keys', owner, postKey),
  route(
    'POST',
    'dashboard',
    '/:organization/servers/:server/keys/:key/revocation',
    owner,
    postRevocation,
  ),
  route('POST', 'dashboard', '/:organization/servers/:server/deletion', owner, postDeletion),

  route('GET', 'dashboard', '/:organization/servers/:server/end-users', member, showEndUsers),
  route(
    'GET',
    'dashboard',
    '/:organization/servers/:server/end-users/:endUser',
    member,
    showEndUser,
  ),
  route(
    'POST',
    'dashboard',
    '/:organization/servers/:server/end-users/:endUser/removal',
    owner,
    removeEndUser,
  ),
  route(
    'POST',
    'dashboard',
    '/:organization/servers/:server/end-users/:endUser/sign-ins/removal',
    owner,
    endSignIns,
  ),
  route(
    'POST',
    'dashboard',
    '/:organization/servers/:server/end-users/:endUser/sign-ins/:signIn/removal',
    owner,
    endSignIn,
  ),
  route(
    'POST',
    'dashboard',
    '/:organization/servers/:server/end-users/:endUser/browsers/:browser/removal',
    owner,
    endBrowser,
  ),

  route('POST', 'dashboard', '/:organization/removal', owner, postRemoval),

  route('GET', 'dashboard', '/:organization/profile', member, showProfile),
  route('POST', 'dashboard', '/:organization/profile', member, rename),
  route('POST', 'dashboard', '/:organization/profile/password', member, changePassword),
  route('POST', 'dashboard', '/:organization/profile/sessions/removal', member, endOthers),
  route('POST', 'dashboard', '/:organization/profile/sessions/:session/removal', member, endOne),

  route('POST', 'server', '/api/support', serverKey, postTicket, 'problem'),
  route('POST', 'dashboard', '/api/support/:slug', serverKey, postTicket, 'problem'),
  route('GET', 'server', '/trpc/:procedure', serverKey, serverTrpc, 'trpc'),
  route('POST', 'server', '/trpc/:procedure', serverKey, serverTrpc, 'trpc'),

  route(
    'GET',
    'canonical',
    '/.well-known/oauth-authorization-server',
    oauthClient,
    showMetadata,
    'oauth',
  ),
  route(
    'GET',
    'canonical',
    '/.well-known/openid-configuration',
    oauthClient,
    showMetadata,
    'oauth',
  ),
  route('GET', 'canonical', '/authorize', visitor, showAuthorize),
  route('POST', 'canonical', '/consent', visitor, postConsent),
  route('GET', 'canonical', '/sign-in', visitor, showEndUserSignIn),
  route('POST', 'canonical', '/sign-in', visitor, postEndUserSignIn),
  route('GET', 'canonical', '/sign-in/code', visitor, showCode),
  route('POST', 'canonical', '/sign-in/code', visitor, postCode),
  route('GET', 'canonical', '/sign-up', visitor, showSignUp),
  route('POST', 'canonical', '/sign-up', visitor, postSignUp),
  route('POST', 'canonical', '/sign-out', visitor, postEndUserSignOut),
  route('GET', 'canonical', '/account', person, showAccount),
  route('POST', 'canonical', '/account/password', person, postPassword),
  route('POST', 'canonical', '/account/sign-ins/removal', person, endOwnSignIns),
  route('POST', 'canonical', '/account/sign-ins/:signIn/removal', person, endOwnSignIn),
  route('POST', 'canonical', '/account/browsers/removal', person, endOtherBrowsers),
  route('POST', 'canonical', '/account/browsers/:browser/removal', person, endOwnBrowser),
  route('POST', 'canonical', '/token', oauthClient, postToken, 'oauth'),
  route('POST', 'canonical', '/revoke', oauthClient, postTokenRevocation, 'oauth'),
  route('POST', 'canonical', '/introspect', secretKey, postIntrospection, 'oauth'),
  route('GET', 'canonical', '/jwks', oauthClient, showKeys, 'oauth'),
  route('POST', 'canonical', '/register', oauthClient, postClient, 'oauth'),
]

/** The desk as an Elysia app: `handle(request)` answers, `listen(…)` serves. */
export const createApp = (desk: Desk) => mount(desk, routes)
