// The list of keys that work in a call.

import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

const keys = [
  ['M', 'callKeyMicrophone'],
  ['V', 'callKeyCamera'],
  ['S', 'callKeyScreen'],
  ['Space', 'callKeyTalk'],
  ['C', 'chatKey'],
  ['R', 'meetingKey'],
  ['H', 'groupKeyHand'],
  ['E', 'groupKeyReactions'],
  ['P', 'groupKeyPeople'],
  ['W', 'groupKeyView'],
  ['1 … 7', 'groupKeyPin'],
  ['0', 'groupKeyUnpin'],
  ['Pages', 'groupKeyTurn'],
  ['F', 'callKeyFullScreen'],
  ['I', 'callKeyStatistics'],
  ['?', 'callKeyHelp'],
  ['Esc', 'callKeyEscape'],
] as const;

/** Keys that have a name instead of a letter. */
const namedKeys: Readonly<Record<string, TextKey>> = { Space: 'callKeySpace', Pages: 'groupKeyPages' };

/** A key as it is written on the keyboard. */
function keyCap(key: string): string {
  const name = namedKeys[key];
  return name ? text(name) : key;
}

interface Props {
  readonly onClose: () => void;
}

export function ShortcutsHelp({ onClose }: Props) {
  return (
    <Dialog closesBeside title={text('callShortcuts')} onClose={onClose}>
      <dl class="shortcut-list">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{keyCap(key)}</kbd>
            </dt>
            <dd>{text(meaning)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button primary" onClick={onClose}>
        {text('callDone')}
      </button>
    </Dialog>
  );
}
