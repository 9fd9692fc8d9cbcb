/**
 * Private-use characters stand for the ASCII of what has to stay, so that no rule after takes it
 * for a value.
 */
const base = 0xe000

export const shield = (text: string): string =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(base + character.charCodeAt(0)))

export const unshield = (text: string): string =>
  text.replace(/[\ue000-\ue07f]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - base),
  )

/** Takes out what could be taken for a shield. */
export const unarmed = (text: string): string => text.replace(/[\ue000-\uf8ff]/g, '')

/** Shields a part of what a rule matches: its group `kept`, or all of it. */
export const shieldAll = (text: string, rule: RegExp): string =>
  text.replace(rule, (...args: unknown[]) => {
    const [all] = args as [string]
    const kept = (args.at(-1) as { kept?: string } | undefined)?.kept
    if (kept === undefined) return shield(all)
    const at = all.lastIndexOf(kept)
    return all.slice(0, at) + shield(kept) + all.slice(at + kept.length)
  })
