import { Key } from './key.tsx'

const keys: [key: string, what: string][] = [
  ['/', 'Search'],
  ['j', 'Next ticket'],
  ['k', 'Previous ticket'],
  ['Enter', 'Open it'],
  ['u', 'Back to the list'],
  ['o', 'Set open'],
  ['p', 'Set in progress'],
  ['e', 'Close'],
]

/** The keys, and the switch that WCAG 2.1.4 asks for. Shown by app.js, without which no key acts. */
export function Shortcuts() {
  return (
    <>
      <button
        class="button bare"
        type="button"
        popovertarget="shortcuts"
        aria-keyshortcuts="?"
        data-js
        hidden
      >
        <Key name="?" />
        <span class="hidden">Keyboard shortcuts</span>
      </button>
      <div class="sheet" id="shortcuts" popover>
        <h2>Keyboard shortcuts</h2>
        <dl>
          {keys.map(([key, what]) => (
            <>
              <dt>{what}</dt>
              <dd>
                <kbd class="key">{key}</kbd>
              </dd>
            </>
          ))}
        </dl>
        <label class="check">
          <input type="checkbox" id="shortcuts-on" checked />
          Act on single keys
        </label>
      </div>
    </>
  )
}
