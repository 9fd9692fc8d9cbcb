import type { Child } from '#src/lib/html/jsx-runtime.ts'
import { Icon } from '#views/parts/icon.tsx'

type SetChipProps = { /** The list without it. */ href: string; children: Child }

/** What the list is narrowed to; it takes itself away. */
export function SetChip({ href, children }: SetChipProps) {
  return (
    <a class="chip set" href={href}>
      <span class="hidden">Stop showing only</span>
      <span class="clip">
        <bdi>{children}</bdi>
      </span>
      <Icon name="cross" />
    </a>
  )
}

type ChipMenuProps = {
  id: string
  name: string
  choices: { href: string; name: string; note?: string }[]
}

/** What the list may be narrowed to: a menu of links, nothing where there is none. */
export function ChipMenu({ id, name, choices }: ChipMenuProps) {
  if (choices.length === 0) return null
  return (
    <ChipPopover id={id} name={name}>
      {choices.map((choice) => (
        <a href={choice.href}>
          <span class="clip">
            <bdi>{choice.name}</bdi>
          </span>
          {choice.note && <span class="faint clip">{choice.note}</span>}
        </a>
      ))}
    </ChipPopover>
  )
}

type ChipPopoverProps = { id: string; name: string; children: Child }

/** The dashed chip that opens what stands below it, without any script. */
export function ChipPopover({ id, name, children }: ChipPopoverProps) {
  return (
    <>
      <button class="chip" type="button" popovertarget={id}>
        <Icon name="plus" />
        {name}
      </button>
      <div class="menu" id={id} popover>
        {children}
      </div>
    </>
  )
}

/** A part that has one value: the chip is the link. */
export function ChipLink({ href, name }: { href: string; name: string }) {
  return (
    <a class="chip" href={href}>
      <Icon name="plus" />
      {name}
    </a>
  )
}
