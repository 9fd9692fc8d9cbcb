const told: string[] = []

/** What must not happen while a kind of server runs. */
export const faults = {
  told,
  logger: (level: string, message: string) => {
    told.push(`${level}: ${message}`)
  },
}

process.on('unhandledRejection', (error) => {
  told.push(`nobody waited for: ${error instanceof Error ? error.stack : error}`)
})
