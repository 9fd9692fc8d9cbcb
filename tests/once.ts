/**
 * What is made once a process, such as a worker of the test command, and kept by name: Bun loads
 * modules anew for every test file.
 */
export function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  const shared = globalThis as { [key: symbol]: Promise<T> | undefined }
  const key = Symbol.for(`mcp-obs ${name}`)
  shared[key] ??= make()
  return shared[key]
}
