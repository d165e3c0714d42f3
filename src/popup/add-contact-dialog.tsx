// Adds a person from a contact link that was pasted, scanned or right-clicked; says exactly why a link is refused.
import { useSignal, useSignalEffect } from '@preact/signals';
import { QrCode as QrIcon } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Contact } from '../core/identity/contact.ts';
import type { LinkRefusal } from '../core/identity/contact-link.ts';
import { Dialog } from '../ui/dialog.tsx';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import type { LinkReading } from './contact-book.ts';
import type { PopupModel } from './popup-model.ts';

const refusalKeys: Record<LinkRefusal | 'private-relay' | 'server-link', TextKey> = {
  'not-a-link': 'popupLinkNotALink',
  damaged: 'popupLinkDamaged',
  'newer-version': 'popupLinkNewer',
  'own-link': 'popupLinkOwn',
  'for-one-call': 'popupLinkForOneCall',
  'unsafe-key': 'popupLinkUnsafeKey',
  'bad-relay': 'popupLinkBadRelay',
  'private-relay': 'popupLinkPrivateRelay',
  'server-link': 'popupLinkOfServer',
  'too-long': 'popupLinkTooLong',
  unsigned: 'popupLinkUnsigned',
  forged: 'popupLinkForged',
};

/** Why a link cannot be used, in words; undefined when it can. */
export function linkProblem(reading: LinkReading): string | undefined {
  if (reading.found === 'refused') return text(refusalKeys[reading.why]);
  if (reading.found === 'other-key') return text('popupLinkOtherKey', reading.contact.name);
  return undefined;
}

export interface AddContactDialogProps {
  readonly model: PopupModel;
  readonly prefilled: string;
  readonly from: 'link' | 'scan' | 'image';
  readonly onClose: () => void;
}

interface KnownProps {
  readonly model: PopupModel;
  readonly reading: Extract<LinkReading, { found: 'known' }>;
  readonly onUpdate: () => void;
}

/** The link of someone who is a contact already. */
function KnownPerson({ model, reading, onUpdate }: KnownProps) {
  const { contact, changed, older } = reading;
  return (
    <div class="good stack tight" role="status">
      <p>{text(older ? 'popupKnownOlder' : changed ? 'popupKnownChanged' : 'popupKnownSame', contact.name)}</p>
      {contact.blocked ? <p>{text('popupKnownBlocked', contact.name)}</p> : null}
      <div class="actions">
        {changed ? (
          <button type="button" class="button primary small" onClick={onUpdate}>
            {text('popupUpdateRelays', contact.name)}
          </button>
        ) : null}
        {contact.blocked ? null : (
          <button type="button" class="button small" onClick={() => void model.call(contact.id, 'video')}>
            {text('popupCall', contact.name)}
          </button>
        )}
      </div>
    </div>
  );
}

/** The link of a call that is open to guests. */
function AskToJoin({
  model,
  reading,
  onJoin,
}: {
  readonly model: PopupModel;
  readonly reading: Extract<LinkReading, { found: 'guest' }>;
  readonly onJoin: () => void;
}) {
  return (
    <div class="good stack tight" role="status">
      <p>{text('popupGuestLink', reading.name)}</p>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          onClick={() => {
            onJoin();
            void model.askToJoin(reading.text);
          }}
        >
          {text('popupAskToJoin')}
        </button>
      </div>
    </div>
  );
}

export function AddContactDialog({ model, prefilled, from, onClose }: AddContactDialogProps) {
  // A link that came with the page is not what was typed here before.
  const ownLink = useSignal(prefilled);
  const ownName = useSignal('');
  const link = prefilled === '' ? model.drafts.text('link') : ownLink;
  const name = prefilled === '' ? model.drafts.text('name') : ownName;
  const used = () => {
    for (const field of ['link', 'name']) model.drafts.forget(field);
  };
  const reading = useSignal<LinkReading | undefined>(undefined);
  /** A half-typed link is not scolded: problems show after Add, or at once for a link that came whole. */
  const tried = useSignal(prefilled !== '');
  const ids = { link: useId(), name: useId(), problem: useId(), nameHint: useId() };

  useSignalEffect(() => {
    const pasted = link.value;
    if (pasted.trim() === '') {
      reading.value = undefined;
      return;
    }
    void model.book.readLink(pasted).then((found) => {
      if (link.peek() === pasted) reading.value = found;
    });
  });

  const found = reading.value;
  const missing = link.value.trim() === '';
  const problem = tried.value ? (missing ? text('popupLinkMissing') : found && linkProblem(found)) : undefined;
  const linkSays = found?.found === 'new' ? model.book.nameFor('', found.link) : undefined;

  const add = async (): Promise<Contact | undefined> => {
    tried.value = true;
    const now = await model.book.readLink(link.value);
    reading.value = now;
    if (now.found !== 'new') return undefined;
    const contact = await model.book.add(now.link, name.value, from);
    announce(text('popupAdded', contact.name));
    used();
    onClose();
    return contact;
  };
  const addAndCall = async () => {
    const contact = await add();
    if (contact) await model.call(contact.id, 'video');
  };
  const update = async () => {
    if (found?.found !== 'known') return;
    await model.book.updateFromLink(found.contact.id, found.link);
    announce(text('popupUpdated', found.contact.name));
    used();
    onClose();
  };

  return (
    <Dialog title={text('popupAddContact')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div class="field">
          <label for={ids.link}>{text('popupContactLink')}</label>
          <textarea
            id={ids.link}
            class="input mono"
            rows={4}
            spellcheck={false}
            autocomplete="off"
            dir="ltr"
            placeholder="ffc:1:…"
            value={link.value}
            aria-invalid={problem !== undefined}
            aria-describedby={ids.problem}
            onInput={(event) => {
              link.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey) return;
              event.preventDefault();
              void add();
            }}
          />
          <div id={ids.problem} aria-live="polite">
            {problem === undefined ? null : <p class="problem">{problem}</p>}
          </div>
        </div>
        {found?.found === 'guest' ? (
          <AskToJoin model={model} reading={found} onJoin={used} />
        ) : found?.found === 'known' ? (
          <KnownPerson model={model} reading={found} onUpdate={() => void update()} />
        ) : (
          <>
            <div class="field">
              <label for={ids.name}>{text('popupContactName')}</label>
              <input
                id={ids.name}
                class="input"
                maxLength={64}
                autocomplete="off"
                value={name.value}
                aria-describedby={ids.nameHint}
                placeholder={linkSays ?? ''}
                onInput={(event) => {
                  name.value = event.currentTarget.value;
                }}
              />
              <p class="hint" id={ids.nameHint}>
                {linkSays === undefined ? text('popupContactNameHint') : text('popupLinkSays', linkSays)}
              </p>
            </div>
            <div class="actions">
              <button type="submit" class="button primary">
                {text('popupAdd')}
              </button>
              <button type="button" class="button" onClick={() => void addAndCall()}>
                {text('popupAddAndCall')}
              </button>
              <button type="button" class="button plain" onClick={() => void model.openOptions('scan')}>
                <QrIcon aria-hidden="true" size={18} />
                {text('popupScan')}
              </button>
            </div>
          </>
        )}
      </form>
    </Dialog>
  );
}
