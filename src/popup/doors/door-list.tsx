// Doors for later: who waits at one, the list of them, a new one, and what invites to it.
import { useSignal } from '@preact/signals';
import { CalendarClock, DoorOpen, Plus, Share2, Trash2 } from 'lucide-preact';
import { useEffect, useId } from 'preact/hooks';
import { isHeardAt, type KeptDoor } from '../../core/identity/kept-door.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { formatTag, text } from '../../ui/texts/text.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import type { KeptDoors } from './kept-doors.ts';

interface Props {
  readonly doors: KeptDoors;
  /** Another page was opened: room is made for it. */
  readonly onDone: () => void;
}

const nameOf = ({ title }: { readonly title: string }): string => title || text('doorsUntitled');

/** Day and times, as short as they can be told apart. */
function spanWords({ from, until }: KeptDoor): string {
  const format = new Intl.DateTimeFormat(formatTag(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  return format.formatRange(from, until);
}

/** Each with the two answers; a yes opens a page, which lets them in. */
export function WaitingGuests({ doors, onDone }: Props) {
  const failed = useSignal(false);
  const decide = async (id: string, admits: boolean) => {
    try {
      await doors.decide(id, admits);
      if (admits) onDone();
    } catch {
      failed.value = true;
    }
  };
  return (
    <div role="alert">
      {failed.value ? <p class="problem">{text('popupNoAnswerFromBackground')}</p> : null}
      {doors.guests.value.map(({ id, name, isContact, title }) => (
        <section key={id} class="banner ringing" aria-label={text('groupKnocksTitle')}>
          <h2>{text('groupKnocks', name)}</h2>
          <p class="hint">
            {title === '' ? '' : `${title} · `}
            {text(isContact ? 'groupKnockContact' : 'groupKnockStranger')}
          </p>
          <div class="actions">
            <button
              type="button"
              class="button primary small"
              aria-label={text('groupAdmitName', name)}
              onClick={() => void decide(id, true)}
            >
              {text('groupAdmit')}
            </button>
            <button
              type="button"
              class="button small"
              aria-label={text('groupRefuseName', name)}
              onClick={() => void decide(id, false)}
            >
              {text('groupRefuse')}
            </button>
          </div>
        </section>
      ))}
    </div>
  );
}

interface ListProps extends Props {
  readonly onInvite: () => void;
  readonly onShow: (doorId: string) => void;
}

export function DoorList({ doors, onInvite, onShow, onDone }: ListProps) {
  const headingId = useId();
  const { list, onFocusIn, onKeyDown } = useRowKeys();
  const ending = useSignal<KeptDoor | undefined>(undefined);
  const now = useSignal(Date.now());
  useEffect(() => {
    const tick = setInterval(() => {
      now.value = Date.now();
    }, 10_000);
    return () => clearInterval(tick);
  }, []);
  const shown = doors.doors.value.filter(({ until }) => until > now.value);
  if (shown.length === 0) return null;
  const end = async (door: KeptDoor) => {
    ending.value = undefined;
    await doors.end(door.id);
    announce(text('doorsEnded', nameOf(door)));
  };
  return (
    <section>
      <div class="section-line">
        <h2 id={headingId} class="section-title">
          {text('doorsTitle')}
        </h2>
        <button type="button" class="button plain small" onClick={onInvite}>
          <Plus aria-hidden="true" size={16} />
          {text('doorsNew')}
        </button>
      </div>
      <ul ref={list} class="plain-list rows" aria-labelledby={headingId} onFocusIn={onFocusIn} onKeyDown={onKeyDown}>
        {shown.map((door) => (
          <li key={door.id} class="row">
            <CalendarClock aria-hidden="true" size={20} />
            <div class="row-text">
              <span class="row-name" dir="auto" title={nameOf(door)}>
                {nameOf(door)}
              </span>
              <span class="row-note">
                {spanWords(door)}
                {isHeardAt(door, now.value) ? ` · ${text('doorsNow')}` : ''}
              </span>
            </div>
            {isHeardAt(door, now.value) ? (
              <IconButton
                icon={DoorOpen}
                label={text('doorsOpen', nameOf(door))}
                size={18}
                onClick={() => void doors.openPage(door).then(onDone, () => undefined)}
              />
            ) : null}
            <IconButton
              icon={Share2}
              label={text('doorsShow', nameOf(door))}
              size={18}
              onClick={() => onShow(door.id)}
            />
            <IconButton
              icon={Trash2}
              label={text('doorsEndName', nameOf(door))}
              size={18}
              onClick={() => {
                ending.value = door;
              }}
            />
          </li>
        ))}
      </ul>
      {ending.value ? (
        <EndDialog
          door={ending.value}
          onEnd={(door) => void end(door)}
          onClose={() => {
            ending.value = undefined;
          }}
        />
      ) : null}
    </section>
  );
}

interface EndProps {
  readonly door: KeptDoor;
  readonly onEnd: (door: KeptDoor) => void;
  readonly onClose: () => void;
}

function EndDialog({ door, onEnd, onClose }: EndProps) {
  return (
    <ConfirmDialog
      title={text('doorsEndTitle')}
      cancelLabel={text('doorsKeep')}
      confirmLabel={text('doorEnd')}
      onConfirm={() => onEnd(door)}
      onClose={onClose}
    >
      <p>{text('doorsEndAdvice', nameOf(door))}</p>
    </ConfirmDialog>
  );
}
