// One file in the conversation: what it is, what becomes of it, and what can be done about it.
import { Download, File as FileIcon, Image as ImageIcon, Pause, Play, TriangleAlert, Upload, X } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { mayRun } from '../../core/base/file-name.ts';
import { isFileOver } from '../../link/transfer/file-state.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { byteWords } from '../../ui/format/amounts.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { useChat } from './chat-context.ts';
import type { ChatActions, ShownFileState } from './chat-model.ts';
import { fileSentence } from './file-sentences.ts';

interface Props {
  readonly file: ShownFileState;
  /** The other side. */
  readonly name: string;
}

export function FileRow({ file, name }: Props) {
  const chat = useChat();
  if (!chat) return null;
  if (file.pictureUrl) return <Picture file={file} url={file.pictureUrl} name={name} actions={chat.actions} />;
  const { facts, state, done } = file;
  const isOver = isFileOver(state);
  const isUp = chat.model.isUp.value;
  const hasBar = !isOver && state !== 'offered' && state !== 'unsent' && facts.size > 0;
  const isBad = isOver && state !== 'done' && state !== 'declined' && !state.startsWith('stopped');
  return (
    <div class={`file-row${isBad ? ' bad' : ''}`}>
      <span class="file-icon">
        {file.picture ? <ImageIcon aria-hidden="true" size={20} /> : <FileIcon aria-hidden="true" size={20} />}
      </span>
      <div class="file-facts">
        <p class="file-name" dir="auto">
          {facts.name} <span class="file-size">{byteWords(facts.size)}</span>
        </p>
        {hasBar && (
          <progress
            class={state === 'moving' || state === 'checking' ? '' : 'still'}
            max={facts.size}
            value={done}
            aria-label={text('chatFileProgress', facts.name)}
          />
        )}
        <p class="file-state">{fileSentence(file, name, isUp)}</p>
        {file.direction === 'in' && !isBad && mayRun(facts.name) && (
          <p class="file-warning">
            <TriangleAlert aria-hidden="true" size={16} />
            {text('chatFileMayRun', name)}
          </p>
        )}
        <FileActions file={file} actions={chat.actions} />
      </div>
    </div>
  );
}

function FileActions({ file, actions }: { readonly file: ShownFileState; readonly actions: ChatActions }) {
  const { facts, state, direction } = file;
  const { id } = facts;
  const button = (label: TextKey, icon: ComponentChildren, onClick: () => void, style = '') => (
    <button
      type="button"
      class={`button small ${style}`}
      aria-label={text('chatActionOnFile', text(label), facts.name)}
      onClick={onClick}
    >
      {icon}
      {text(label)}
    </button>
  );
  const stop = button('chatStop', <X aria-hidden="true" size={16} />, () => actions.stopFile(id));
  const buttons = (() => {
    switch (state) {
      case 'offered':
        if (direction === 'out') return stop;
        return (
          <>
            {file.picture
              ? button('chatShowPicture', <ImageIcon aria-hidden="true" size={16} />, () => actions.acceptFile(id))
              : button(
                  'chatAccept',
                  <Download aria-hidden="true" size={16} />,
                  () => actions.acceptFile(id),
                  'primary',
                )}
            {button('chatDecline', <X aria-hidden="true" size={16} />, () => actions.declineFile(id))}
          </>
        );
      case 'moving':
        return (
          <>
            {button('chatPause', <Pause aria-hidden="true" size={16} />, () => actions.pauseFile(id))}
            {stop}
          </>
        );
      case 'paused-by-us':
        return (
          <>
            {button('chatResume', <Play aria-hidden="true" size={16} />, () => actions.resumeFile(id), 'primary')}
            {stop}
          </>
        );
      case 'unsent':
      case 'starting':
      case 'waiting':
      case 'paused-by-them':
        return stop;
      case 'wanted':
        return (
          <>
            <ChooseAgain file={file} actions={actions} />
            {stop}
          </>
        );
      case 'done':
        if (direction === 'out') return null;
        return (
          <>
            {file.notShown === 'too-many' &&
              button('chatShowPicture', <ImageIcon aria-hidden="true" size={16} />, () => actions.showPicture(id))}
            {button(
              'chatSave',
              <Download aria-hidden="true" size={16} />,
              () => actions.saveFile(id),
              file.saved || file.picture ? '' : 'primary',
            )}
          </>
        );
      default:
        return null;
    }
  })();
  return buttons && <div class="file-actions">{buttons}</div>;
}

/** A browser forgets files with the page: the person shows it once more. */
function ChooseAgain({ file, actions }: { readonly file: ShownFileState; readonly actions: ChatActions }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0];
          currentTarget.value = '';
          if (chosen) actions.continueFile(file.facts.id, chosen);
        }}
      />
      <button
        type="button"
        class="button small primary"
        aria-label={text('chatActionOnFile', text('chatChooseAgain'), file.facts.name)}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden="true" size={16} />
        {text('chatChooseAgain')}
      </button>
    </>
  );
}

interface PictureProps extends Props {
  readonly url: string;
  readonly actions: ChatActions;
}

function Picture({ file, url, name, actions }: PictureProps) {
  const [isLarge, setLarge] = useState(false);
  const alt = file.direction === 'in' ? text('chatPictureFrom', name) : text('chatPictureOwn');
  return (
    <>
      <button type="button" class="chat-picture" aria-haspopup="dialog" onClick={() => setLarge(true)}>
        <img src={url} alt={alt} />
      </button>
      {file.direction === 'out' && file.state !== 'done' && <p class="file-state">{fileSentence(file, name, true)}</p>}
      {isLarge && (
        <Dialog closesBeside fits title={alt} onClose={() => setLarge(false)}>
          <img class="chat-picture-large" src={url} alt="" />
          <div class="actions dialog-answers">
            {file.direction === 'in' && (
              <button type="button" class="button" onClick={() => actions.saveFile(file.facts.id)}>
                <Download aria-hidden="true" size={18} />
                {text('chatSave')}
              </button>
            )}
            <button type="button" class="button primary" onClick={() => setLarge(false)}>
              {text('callDone')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
