// Signs that people send without speaking: the few to choose from, and those of the last seconds, which float up over the stage.
import { SmilePlus } from 'lucide-preact';
import { reactionEmoji } from '../../core/group/reaction.ts';
import { text } from '../../ui/texts/text.ts';
import { Flyout } from '../kit/flyout.tsx';
import type { Group } from '../model/group-context.ts';
import type { GroupModel } from '../model/group-model.ts';
import { nameOf } from '../model/presence.ts';

export const reactionsButtonId = 'reactions-button';

interface ChoiceProps {
  readonly group: Group;
  readonly onSent?: () => void;
}

/** One row of signs. It stays open: applause is more than one. */
export function ReactionChoice({ group, onSent }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div class="reaction-choice" role="group" aria-label={text('groupReactions')}>
      {reactionEmoji.map((emoji) => (
        <button
          key={emoji}
          type="button"
          class="reaction-button"
          onClick={() => {
            group.actions.react(emoji);
            onSent?.();
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

export function ReactionsButton({ group }: { readonly group: Group }) {
  return (
    <Flyout
      id={reactionsButtonId}
      label={text('groupReactions')}
      title={text('callWithKey', text('groupReactions'), 'E')}
      class="round-button"
      icon={<SmilePlus aria-hidden="true" />}
      width={316}
    >
      {() => <ReactionChoice group={group} />}
    </Flyout>
  );
}

/** For the eye; the announcer says them. */
export function FloatingReactions({ group }: { readonly group: GroupModel }) {
  const people = group.participants.value;
  return (
    <div class="floating-reactions" aria-hidden="true">
      {group.reactions.value.map(({ id, from, emoji }) => {
        const person = people.find((participant) => participant.id === from);
        return (
          <p key={id} class="floating-reaction" style={{ '--lane': `${id % 4}` }}>
            <span class="floating-emoji">{emoji}</span>
            <span class="floating-name" dir="auto">
              {person ? nameOf(person) : text('callYou')}
            </span>
          </p>
        );
      })}
    </div>
  );
}
