// Everybody in the call and around it: who asks to be let in, whose hand is up, everybody's state and check, and how more can come.

import { Lock, LockOpen, UserPlus, X } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { maxPeople } from '../../core/group/roster.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { GroupOnPage } from '../model/group-context.ts';
import { isFull, markedNameOf, ownId } from '../model/presence.ts';
import { GuestLink } from './guest-link.tsx';
import { KnockNotices } from './knock-notices.tsx';
import { NewcomerNotices } from './newcomer-notices.tsx';
import { CalledRow, NewcomerRow, OwnRow, PersonRow } from './person-row.tsx';

export const peoplePanelId = 'people-panel';
export const peopleButtonId = 'people-button';

interface Props {
  readonly group: GroupOnPage;
  /** Ids, first come first. */
  readonly hands: readonly string[];
  readonly pinned: string | undefined;
  readonly onPin: (id: string | undefined) => void;
  readonly onStatistics: (id: string) => void;
  readonly onClose: () => void;
}

export function PeoplePanel({ group, hands, pinned, onPin, onStatistics, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const people = group.model.participants.value;
  const isLocked = group.model.isLocked.value;
  const full = isFull(group.model);
  const handNames = hands.map((id) => {
    const person = people.find((participant) => participant.id === id);
    return id === ownId || !person ? text('callYou') : markedNameOf(person);
  });
  return (
    <aside
      ref={panel}
      id={peoplePanelId}
      class="people-panel"
      aria-labelledby="people-title"
      tabIndex={-1}
      onKeyDown={(event) => {
        const isInside = event.target instanceof Element && event.target.closest('dialog, [popover]') !== null;
        if (event.key === 'Escape' && !isInside) onClose();
      }}
    >
      <header class="side-header">
        <h2 id="people-title">{text('groupPeopleTitle')}</h2>
        <IconButton icon={X} label={text('groupPeopleClose')} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="people-scroll" tabIndex={0} aria-label={text('groupPeopleTitle')}>
        {/* Above whatever grows and shrinks while people come and go: it stays where it is under the mouse. */}
        {!group.isGuest && (
          <div class="people-add">
            <button type="button" class="button primary" disabled={full || isLocked} onClick={group.onAdd}>
              <UserPlus size={18} aria-hidden="true" />
              {text('groupAddPerson')}
            </button>
            {(full || isLocked) && (
              <p class="hint">{isLocked ? text('groupLockedAdd') : plural('groupFull', maxPeople)}</p>
            )}
          </div>
        )}
        <KnockNotices group={group} />
        <NewcomerNotices group={group} />
        {handNames.length > 0 && (
          <section class="people-hands">
            <h3>{text('groupHands')}</h3>
            <ol>
              {handNames.map((name, i) => (
                <li key={hands[i]} dir="auto">
                  {name}
                </li>
              ))}
            </ol>
          </section>
        )}
        <ul class="people-list" aria-label={text('groupPeopleTitle')}>
          <OwnRow hasHand={hands.includes(ownId)} />
          {people.map((participant) => (
            <PersonRow
              key={participant.id}
              participant={participant}
              hasHand={hands.includes(participant.id)}
              actions={group.actions}
              isPinned={pinned === participant.id}
              onPin={() => onPin(pinned === participant.id ? undefined : participant.id)}
              onStatistics={() => onStatistics(participant.id)}
            />
          ))}
          {group.model.newcomers.value.map((newcomer) =>
            // Whoever is asked about stands above.
            newcomer.state === 'asking' ? null : (
              <NewcomerRow key={newcomer.id} newcomer={newcomer} actions={group.actions} />
            ),
          )}
          {group.model.calledByOthers.value.map((called) => (
            <CalledRow key={called.id} called={called} />
          ))}
        </ul>
        {!group.isGuest && (
          <div class="people-more">
            <button
              type="button"
              class="button lock-button"
              aria-pressed={isLocked}
              onClick={() => group.actions.lock(!isLocked)}
            >
              {isLocked ? <Lock size={18} aria-hidden="true" /> : <LockOpen size={18} aria-hidden="true" />}
              {text(isLocked ? 'groupUnlock' : 'groupLock')}
            </button>
            <p class="hint">{text(isLocked ? 'groupLockedHint' : 'groupLockHint')}</p>
            {!isLocked && <GuestLink group={group} />}
          </div>
        )}
      </section>
    </aside>
  );
}
