// The question about people who are in the call and no contacts here: nothing goes to them before the answer. One card for all of them, with
// an answer for each. The announcer says it; here it waits.
import { UserRoundPlus } from 'lucide-preact';
import { plural, text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';
import type { GroupActions, Newcomer } from '../model/group-model.ts';
import { lookalikeWords } from '../model/presence.ts';

export function NewcomerNotices({ group }: { readonly group: Group }) {
  const asked = group.model.newcomers.value.filter(({ state }) => state === 'asking');
  const [first] = asked;
  if (!first) return null;
  const isOne = asked.length === 1;
  const isHidden = asked.every(({ hiding }) => hiding === 'on');
  const [ofOne, ofSeveral] = isHidden
    ? (['groupNewcomerMeaningHidden', 'groupNewcomersMeaningHidden'] as const)
    : (['groupNewcomerMeaning', 'groupNewcomersMeaning'] as const);
  const title = isOne ? text('groupNewcomerAsks', first.name) : plural('groupNewcomersAsk', asked.length);
  return (
    <section class="knock newcomers" aria-label={title}>
      <UserRoundPlus class="knock-sign" size={20} aria-hidden="true" />
      <div class="knock-words">
        <p class="knock-title">{title}</p>
        {isOne && <Origin newcomer={first} group={group} />}
        <p>{text(isOne ? ofOne : ofSeveral)}</p>
      </div>
      {isOne ? (
        <Answers newcomer={first} actions={group.actions} isPrimary />
      ) : (
        <>
          <ul class="newcomer-list">
            {asked.map((newcomer) => (
              <li key={newcomer.id}>
                <p class="knock-title" dir="auto">
                  {newcomer.name}
                </p>
                <Origin newcomer={newcomer} group={group} />
                <Answers newcomer={newcomer} actions={group.actions} />
              </li>
            ))}
          </ul>
          <div class="knock-answers">
            <button type="button" class="button answer primary" onClick={() => group.actions.letAllIn()}>
              {plural('groupLetAllIn', asked.length)}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

interface OriginProps {
  readonly newcomer: Newcomer;
  readonly group: Group;
}

function Origin({ newcomer: { id, introducedBy, lookalike }, group }: OriginProps) {
  const warning = lookalikeWords(lookalike);
  const meeting = group.model.meeting.value?.model;
  return (
    <>
      {warning && <p class="newcomer-warning">{warning}</p>}
      <p>
        {introducedBy === undefined
          ? text('groupNewcomerBroughtBySomebody')
          : text('groupNewcomerBroughtBy', introducedBy)}
      </p>
      {/* By their key, which they have signed with: of the name anybody can make use. */}
      {meeting?.isMember(id) && <p>{text('meetingNewcomerMember', meeting.name.value)}</p>}
    </>
  );
}

interface AnswersProps {
  readonly newcomer: Newcomer;
  readonly actions: GroupActions;
  readonly isPrimary?: boolean;
}

function Answers({ newcomer: { id, name }, actions, isPrimary = false }: AnswersProps) {
  return (
    <div class="knock-answers">
      <button
        type="button"
        class={`button answer${isPrimary ? ' primary' : ''}`}
        aria-label={text('groupLetInName', name)}
        onClick={() => actions.letIn(id)}
      >
        {text('groupLetIn')}
      </button>
      <button
        type="button"
        class="button answer"
        aria-label={text('groupKeepOutName', name)}
        onClick={() => actions.keepOut(id)}
      >
        {text('groupKeepOut')}
      </button>
    </div>
  );
}
