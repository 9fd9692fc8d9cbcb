/** AI clients, how many people use each, and their versions of the last 90 days, oldest first. */
export const clients: { name: string; share: number; versions: string[] }[] = [
  { name: 'Claude Desktop', share: 34, versions: ['1.2.7', '1.3.0', '1.3.4', '1.4.0', '1.4.2'] },
  { name: 'claude-code', share: 22, versions: ['2.3.11', '2.3.40', '2.4.2', '2.4.19', '2.5.1'] },
  { name: 'Cursor', share: 16, versions: ['2.8.4', '2.9.1', '2.9.6', '3.0.2'] },
  { name: 'Visual Studio Code', share: 12, versions: ['1.117.1', '1.118.0', '1.119.2'] },
  { name: 'ChatGPT', share: 9, versions: ['1.2026.231', '1.2026.266', '1.2026.301'] },
  { name: 'Goose', share: 4, versions: ['1.21.0', '1.24.3'] },
  { name: 'Zed', share: 3, versions: ['0.231.5', '0.238.1'] },
]

export const protocolVersions = ['2025-06-18', '2025-11-25']
