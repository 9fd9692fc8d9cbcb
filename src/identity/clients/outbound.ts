import type { Desk } from '#src/web/route.ts'

/** Whether clients may be known by metadata documents, which the desk has to reach. */
export const clientMetadataOn = async (_desk: Desk): Promise<boolean> => false
