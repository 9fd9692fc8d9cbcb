import { Icon } from './icon.tsx'
import { Key } from './key.tsx'

const keys: [keys: string[], what: string][] = [
  [['/'], 'Search'],
  [['j', 'k'], 'Next, previous ticket'],
  [['Enter'], 'Open it'],
  [['u'], 'Back to the list'],
  [['x'], 'Select it'],
  [['e'], 'Close, or open again'],
  [['p'], 'Set in progress'],
  [['o'], 'Set open'],
  [['z'], 'Undo'],
  [['?'], 'This sheet'],
]

/**
 * The keys, the switch that WCAG 2.1.4 asks for, and the theme. Shown by app.js, without which no
 * key acts and the system decides about light and dark.
 */
export function Shortcuts() {
  return (
    <>
      <button
        class="button bare"
        type="button"
        popovertarget="shortcuts"
        aria-keyshortcuts="?"
        title="Keys and theme"
        data-js
        hidden
      >
        <Icon name="theme" />
        <span class="hidden">Keys and theme</span>
        <Key name="?" />
      </button>
      <div class="sheet" id="shortcuts" popover>
        <h2>Keyboard shortcuts</h2>
        <dl>
          {keys.map(([names, what]) => (
            <>
              <dt>{what}</dt>
              <dd>
                {names.map((name) => (
                  <kbd class="key">{name}</kbd>
                ))}
              </dd>
            </>
          ))}
        </dl>
        <label class="check">
          <input type="checkbox" id="shortcuts-on" checked />
          Act on single keys
        </label>
        <label class="check">
          Theme
          <select class="input" id="theme" autocomplete="off">
            <option value="">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
      </div>
    </>
  )
}
