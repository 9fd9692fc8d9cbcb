import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'

/** What is used of tRPC. The build puts it into this one module, so that nothing else comes along. */
export { createTRPCUntypedClient, httpLink, TRPCClientError }
