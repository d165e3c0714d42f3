// The list of keys that work in a call.
import { text } from '../platform/text.ts';
import { ModalDialog } from './modal-dialog.tsx';

const keys = [
  ['M', 'callKeyMicrophone'],
  ['V', 'callKeyCamera'],
  ['S', 'callKeyScreen'],
  ['callKeySpace', 'callKeyTalk'],
  ['C', 'chatKey'],
  ['F', 'callKeyFullScreen'],
  ['I', 'callKeyStatistics'],
  ['?', 'callKeyHelp'],
  ['Esc', 'callKeyEscape'],
] as const;

export function ShortcutsHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalDialog title={text('callShortcuts')} onClose={onClose}>
      <dl class="shortcut-list">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key.startsWith('call') ? text(key) : key}</kbd>
            </dt>
            <dd>{text(meaning)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button primary" onClick={onClose}>
        {text('callDone')}
      </button>
    </ModalDialog>
  );
}
