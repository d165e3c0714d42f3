// The open door: a call with nobody in it yet. The link to send, who asks to be let in, one's own picture, and until when it is open.
import { DoorClosed, DoorOpen, WifiOff } from 'lucide-preact';
import { useId } from 'preact/hooks';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Invite } from '../../ui/invite/invite.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { DeviceNotices } from '../controls/device-notices.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { LastWords } from '../kit/last-words.tsx';
import { ViewHeading } from '../kit/view-heading.tsx';
import { type Door, type DoorSpan, doorSpans } from '../model/door-model.ts';
import type { GroupOnPage } from '../model/group-context.ts';
import type { PageActions, PersonModel } from '../model/person-model.ts';
import { KnockNotices } from '../people/knock-notices.tsx';
import { OtherCallNotices } from '../people/other-call-notices.tsx';
import { HoldCover, useIsOnHold } from '../stage/hold-cover.tsx';
import { OwnStage } from './own-stage.tsx';

const spanTexts: Readonly<Record<DoorSpan, TextKey>> = {
  'open-end': 'doorOpenEnd',
  '1': 'doorOneHour',
  '3': 'doorThreeHours',
  '24': 'doorOneDay',
};

interface Props {
  readonly door: Door;
  readonly group: GroupOnPage;
  readonly model: PersonModel;
  readonly page: PageActions;
}

export function DoorView({ door, group, model, page }: Props) {
  switch (door.model.state.value) {
    case 'shut':
      return (
        <main class="call-sheet">
          <ViewHeading>{text('doorShut')}</ViewHeading>
          <p>{text('doorShutAdvice')}</p>
          <div class="sheet-actions">
            <button type="button" class="button primary large" onClick={() => door.actions.open()}>
              <DoorOpen size={20} aria-hidden="true" />
              {text('doorOpenNow')}
            </button>
          </div>
        </main>
      );
    case 'open':
      return <OpenDoor door={door} group={group} model={model} />;
    case 'closed':
      return <LastWords title={text('doorClosed')} advice={text('doorClosedAdvice')} onClose={() => page.close()} />;
  }
}

function OpenDoor({ door: { model, actions }, group, model: person }: Omit<Props, 'page'>) {
  useCallShortcuts();
  const titleId = useId();
  const isOnHold = useIsOnHold();
  const invitation = model.invitation.value;
  const kept = model.kept.value;
  return (
    <main class="call-sheet wide door-sheet">
      <ViewHeading>{kept?.title || text('doorOpen')}</ViewHeading>
      <p>{text(kept ? 'doorKeptAdvice' : 'doorOpenAdvice')}</p>
      {!model.relaysUp.value && (
        <p class="warning door-no-relay" role="status">
          <WifiOff size={20} aria-hidden="true" />
          <span>{text('callNoRelay')}</span>
        </p>
      )}
      <KnockNotices group={group} />
      <OtherCallNotices />
      <DeviceNotices model={person} />
      <div class="door-columns">
        <div class="door-own">
          {isOnHold ? (
            <HoldCover />
          ) : (
            <OwnStage note={undefined}>
              <DeviceToggles />
            </OwnStage>
          )}
          <button type="button" class="button" onClick={() => actions.close()}>
            <DoorClosed size={18} aria-hidden="true" />
            {text(kept ? 'doorEnd' : 'doorClose')}
          </button>
        </div>
        <section class="card door-invitation" aria-label={text('doorInvitation')}>
          {model.problem.value ? (
            <p class="problem" role="alert">
              {text('doorNoLink')}
            </p>
          ) : (
            invitation && <Invite invitation={invitation} />
          )}
          {kept ? null : (
            <>
              <div class="field">
                <label for={titleId}>{text('doorTitle')}</label>
                <input
                  id={titleId}
                  class="input"
                  maxLength={40}
                  autocomplete="off"
                  value={model.title.value}
                  aria-describedby={`${titleId}-hint`}
                  onInput={({ currentTarget }) => actions.setTitle(currentTarget.value)}
                />
                <p class="hint" id={`${titleId}-hint`}>
                  {text('doorTitleHint')}
                </p>
              </div>
              <ChoiceGroup
                legend={text('doorSpan')}
                choices={doorSpans.map((value) => ({ value, label: text(spanTexts[value]) }))}
                chosen={model.span.value}
                onChoose={(span) => actions.setSpan(span)}
              />
            </>
          )}
        </section>
      </div>
    </main>
  );
}
