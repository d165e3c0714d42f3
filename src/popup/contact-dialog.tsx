// One contact: first the person and the ways to call them, then how sure we are who it is, the last calls, and folded what is rarely needed.
import { useSignal, useSignalEffect } from '@preact/signals';
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Contact } from '../core/identity/contact.ts';
import { yggdrasilAddress } from '../core/network/overlay-address.ts';
import { displayRelayUrl } from '../platform/relay/relay-url.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx';
import { momentWords } from '../ui/format/moment.ts';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import { linkProblem } from './add-contact-dialog.tsx';
import { ContactCalls, ContactHead } from './contact-head.tsx';
import { HowToConnect } from './how-to-connect.tsx';
import type { PopupModel } from './popup-model.ts';
import { RingingField } from './ringing-field.tsx';

interface PartProps {
  readonly model: PopupModel;
  readonly contact: Contact;
}

function Rename({ model, contact }: PartProps) {
  const name = model.drafts.text(`rename:${contact.id}`, contact.name);
  const empty = useSignal(false);
  const fieldId = useId();
  const save = async () => {
    empty.value = !(await model.book.rename(contact.id, name.value));
    if (empty.value) return;
    model.drafts.forget(`rename:${contact.id}`);
    announce(text('popupRenamed', name.value.trim()));
  };
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label for={fieldId}>{text('popupName')}</label>
      <div class="with-button">
        <input
          id={fieldId}
          class="input"
          maxLength={64}
          autocomplete="off"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          {text('popupRename')}
        </button>
      </div>
      {empty.value ? (
        <p class="problem" role="alert">
          {text('popupNameEmpty')}
        </p>
      ) : null}
    </form>
  );
}

const addedKeys: Record<Contact['addedFrom'], TextKey> = {
  link: 'popupAddedFromLink',
  scan: 'popupAddedFromScan',
  image: 'popupAddedFromImage',
  request: 'popupAddedFromRequest',
  call: 'popupAddedFromCall',
};

function Trust({ model, contact }: PartProps) {
  const number = useSignal<string | undefined>(undefined);
  useSignalEffect(() => {
    void model.book.safetyNumber(contact).then((digits) => {
      number.value = digits;
    });
  });
  const compared = async () => {
    await model.book.setVerified(contact.id);
    announce(text('popupNowVerified', contact.name));
  };
  const { verification } = contact;
  const when = verification.state === 'unverified' ? '' : momentWords(verification.at, Date.now());
  const Mark =
    verification.state === 'verified'
      ? ShieldCheck
      : verification.state === 'different'
        ? ShieldAlert
        : ShieldQuestionMark;
  return (
    <section class="stack tight">
      <h3>{text('popupTrust')}</h3>
      <p class={`trust ${verification.state}`}>
        <Mark aria-hidden="true" size={20} />
        <span>
          {verification.state === 'verified' ? text('popupVerified', when) : null}
          {verification.state === 'different' ? text('popupDifferent', when) : null}
          {verification.state === 'unverified' ? text('popupUnverified') : null} {text(addedKeys[contact.addedFrom])}
        </span>
      </p>
      <details>
        <summary>{text('popupCompareOutside')}</summary>
        <div class="stack tight">
          <p class="hint">{text('popupSafetyHint', contact.name)}</p>
          <p class="safety-number mono">
            <span class="visually-hidden">{text('popupSafetyNumber')}: </span>
            {number.value ?? '…'}
          </p>
          {verification.state === 'verified' ? null : (
            <div class="actions">
              <button type="button" class="button small" onClick={() => void compared()}>
                <ShieldCheck aria-hidden="true" size={16} />
                {text('popupSafetySame')}
              </button>
            </div>
          )}
        </div>
      </details>
    </section>
  );
}

function UpdateLink({ model, contact }: PartProps) {
  const link = model.drafts.text(`update:${contact.id}`);
  const problem = useSignal<string | undefined>(undefined);
  const fieldId = useId();
  const update = async () => {
    const reading = await model.book.readLink(link.value);
    if (reading.found === 'known' && reading.contact.id === contact.id) {
      await model.book.updateFromLink(contact.id, reading.link);
      problem.value = undefined;
      link.value = '';
      announce(
        text(reading.older ? 'popupKnownOlder' : reading.changed ? 'popupUpdated' : 'popupKnownSame', contact.name),
      );
    } else problem.value = linkProblem(reading) ?? text('popupLinkOfSomeoneElse', contact.name);
  };
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        void update();
      }}
    >
      <label for={fieldId}>{text('popupNewLink')}</label>
      <div class="with-button">
        <input
          id={fieldId}
          class="input mono"
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          placeholder="ffc:1:…"
          value={link.value}
          onInput={(event) => {
            link.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          {text('popupUpdateLink')}
        </button>
      </div>
      <p class="hint">{text('popupUpdateLinkHint')}</p>
      {problem.value === undefined ? null : (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </form>
  );
}

export interface ContactDialogProps extends PartProps {
  readonly onClose: () => void;
}

export function ContactDialog({ model, contact, onClose }: ContactDialogProps) {
  const removing = useSignal(false);
  const { id, name, blocked, relays } = contact;
  const overlayAddress = yggdrasilAddress(contact.ed25519);

  const setBlocked = async () => {
    await model.book.setBlocked(id, !blocked);
    announce(text(blocked ? 'popupNowUnblocked' : 'popupNowBlocked', name));
  };
  const remove = async () => {
    await model.book.remove(id);
    announce(text('popupRemoved', name));
    onClose();
  };

  return (
    <Dialog title={name} onClose={onClose}>
      <ContactHead model={model} contact={contact} />
      <Trust model={model} contact={contact} />
      <ContactCalls model={model} contact={contact} />
      <details>
        <summary>{text('popupNameAndLink')}</summary>
        <Rename model={model} contact={contact} />
        <h3>{text('popupListensOn')}</h3>
        {relays.length === 0 ? (
          <p class="warning">{text('popupContactNoRelay', name)}</p>
        ) : (
          <ul class="plain-list stack tight">
            {relays.map((url) => (
              <li key={url} class="relay-name">
                {displayRelayUrl(url)}
              </li>
            ))}
          </ul>
        )}
        <h3>{text('popupOverlayAddress')}</h3>
        <p class="hint">{text('popupOverlayAddressHint', name)}</p>
        <div class="with-button">
          <p class="mono">{overlayAddress}</p>
          <CopyButton label={text('popupCopyAddress')} content={overlayAddress} copied={text('popupAddressCopied')} />
        </div>
        <UpdateLink model={model} contact={contact} />
      </details>
      <RingingField model={model} contact={contact} />
      <HowToConnect model={model} contact={contact} />
      <section class="stack tight">
        <h3>{text('popupBlockOrRemove')}</h3>
        <p class="hint">{text('popupBlockHint')}</p>
        <div class="actions">
          <button type="button" class="button" onClick={() => void setBlocked()}>
            {text(blocked ? 'popupUnblockName' : 'popupBlockName', name)}
          </button>
          <button
            type="button"
            class="button quiet-danger"
            onClick={() => {
              removing.value = true;
            }}
          >
            {text('popupRemoveName', name)}
          </button>
        </div>
      </section>
      {removing.value ? (
        <ConfirmDialog
          title={text('popupRemoveTitle', name)}
          confirmLabel={text('popupRemove')}
          cancelLabel={text('popupKeep')}
          onConfirm={() => void remove()}
          onClose={() => {
            removing.value = false;
          }}
        >
          <p>{text('popupRemoveText')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  );
}
