/** Roles in the words of the pages. */
export const roleNames = { owner: 'Owner', member: 'Member' }
export const roleAs = { owner: 'as an owner', member: 'as a member' }
