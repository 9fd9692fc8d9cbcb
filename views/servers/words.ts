/** How a server knows its users, in the words of the pages. */
export const authNames = {
  none: 'No sign-in',
  external: 'Your own sign-in',
  platform: 'Sign-in by the desk',
}

export const authMeanings = {
  none: 'Your server doesn’t know who its users are; the tool asks each for an e-mail address, which nobody has verified.',
  external:
    'Your server verifies its users by your own issuer, and tells the desk who raised a ticket.',
  platform:
    'This desk signs its users in, at the server’s address, and knows of each ticket who raised it. For companies without an issuer of their own.',
}

export const contextNames = {
  off: 'Nothing',
  call: 'The failing call',
  recent: 'The last ten calls',
}

/** What each level stores. */
export const contextMeanings = {
  off: 'A ticket holds what its reporter wrote, and nothing of the session.',
  call: 'Also the client, versions, and the one call it is about: tool, time, error text, and its arguments if it failed.',
  recent:
    'Also the client, versions, and the session’s calls of the last ten minutes, ten at most: tool, time and outcome of each; error text and arguments of those that failed.',
}

export const keyNames = { secret: 'Secret key', publishable: 'Publishable key' }

export const keyMeanings = {
  secret: 'A secret key stays on your machines.',
  publishable:
    'A publishable key goes out with servers that run on users’ machines: it can only file tickets, and vouches for nobody.',
}
