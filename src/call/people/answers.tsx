// What can be done about somebody of a call who is not in it: stop calling, call again, put away.
import { text } from '../../ui/texts/text.ts';
import type { GroupActions, Participant } from '../model/group-model.ts';
import { isCalled } from '../model/presence.ts';

interface AnswersProps {
  readonly participant: Participant;
  readonly name: string;
  readonly actions: GroupActions;
}

/** What can be done about somebody who is not there. */
export function Answers({ participant, name, actions }: AnswersProps) {
  const { id, presence, isContact } = participant;
  const dismiss = () => actions.dismiss(id);
  if (isCalled(presence.value))
    return (
      <button type="button" class="button answer" aria-label={text('groupStopCallingName', name)} onClick={dismiss}>
        {text('groupStopCalling')}
      </button>
    );
  return (
    <span class="answers">
      {isContact.value && (
        <button
          type="button"
          class="button answer primary"
          aria-label={text('groupCallAgainName', name)}
          onClick={() => actions.addPerson(id)}
        >
          {text('callAgain')}
        </button>
      )}
      <button type="button" class="button answer" aria-label={text('groupDismissName', name)} onClick={dismiss}>
        {text('callDismiss')}
      </button>
    </span>
  );
}
