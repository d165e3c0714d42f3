// Four emoji that both people read aloud: a shield that says how the comparison stands, and the card when it is wanted.
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Verification } from '../../core/identity/contact.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { SecurityCheck } from '../model/person-model.ts';

interface SecurityAnswers {
  wordsMatch(): void;
  wordsDiffer(): void;
}

interface Props {
  readonly check: SecurityCheck;
  readonly name: string;
  readonly actions: SecurityAnswers;
  /** One of several people: only the connection to this one would end. */
  readonly isOneOfMany?: boolean;
  /** Whether the call runs to the address that their key has in an overlay network: asked while the card is open, for it follows every sample of
   * the link. */
  readonly isAtKeysAddress?: () => boolean;
  /** Where the card stands in nobody's way, until a person closes it. */
  readonly isOpenAtFirst?: boolean;
}

type State = Verification['state'];

const shields: Record<State, { readonly icon: typeof ShieldCheck; readonly label: TextKey; readonly title: TextKey }> =
  {
    unverified: { icon: ShieldQuestionMark, label: 'callSecurityUnverified', title: 'callSecurityTitle' },
    verified: { icon: ShieldCheck, label: 'callSecurityVerified', title: 'callSecurityTitleVerified' },
    different: { icon: ShieldAlert, label: 'callSecurityDifferent', title: 'callSecurityTitleDifferent' },
  };

export function SecurityCard({
  check,
  name,
  actions,
  isOneOfMany = false,
  isAtKeysAddress,
  isOpenAtFirst = false,
}: Props) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const shieldButton = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const cardId = useId();
  if (check.state === 'none') return null;
  const { state } = check.verification;
  const shield = shields[state];
  const Icon = shield.icon;
  const close = () => {
    setOpen(false);
    shieldButton.current?.focus();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && isOpen && !isAsking) close();
  };
  return (
    <div class={`security ${state}`}>
      <button
        ref={shieldButton}
        type="button"
        class="security-shield"
        onKeyDown={onKeyDown}
        aria-expanded={isOpen}
        aria-controls={isOpen ? cardId : undefined}
        title={text(shield.label)}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={18} aria-hidden="true" />
        <span class="security-words">{text(shield.label)}</span>
        {isOneOfMany && <span class="visually-hidden">{`: ${name}`}</span>}
      </button>
      {isOpen && (
        <section
          id={cardId}
          class="security-card"
          tabIndex={-1}
          onKeyDown={onKeyDown}
          aria-label={text(shield.title, name)}
        >
          <h2>{text(shield.title, name)}</h2>
          <p>{text('callReadAloud')}</p>
          <ol class="emoji-list">
            {check.emoji.map(({ emoji, name: word }, i) => (
              <li key={`${i}${word}`}>
                <span class="emoji" aria-hidden="true">
                  {emoji}
                </span>
                <span class="emoji-name">{text(word)}</span>
              </li>
            ))}
          </ol>
          <p class="hint">{text(check.isQuantumSafe ? 'callQuantumSafe' : 'callQuantumOpen')}</p>
          {isAtKeysAddress?.() && <p class="hint">{text('callKeysAddress', name)}</p>}
          <div class="security-answers">
            <button
              type="button"
              class="button primary"
              onClick={() => {
                close();
                actions.wordsMatch();
              }}
            >
              {text('callMatch')}
            </button>
            <button type="button" class="button" onClick={() => setAsking(true)}>
              {text('callDifferent')}
            </button>
            <button type="button" class="button plain" onClick={close}>
              {text('callSecurityLater')}
            </button>
          </div>
        </section>
      )}
      {isAsking && (
        <Dialog closesBeside title={text('callDifferentTitle')} onClose={() => setAsking(false)}>
          <p>{text(isOneOfMany ? 'groupDifferentMeaning' : 'callDifferentMeaning', name)}</p>
          <div class="actions dialog-answers">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {text('callDifferentBack')}
            </button>
            <button
              type="button"
              class="button danger"
              onClick={() => {
                setAsking(false);
                actions.wordsDiffer();
              }}
            >
              {text(isOneOfMany ? 'groupDifferentConfirm' : 'callDifferentConfirm')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
