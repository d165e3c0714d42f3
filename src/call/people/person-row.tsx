// One line of the people panel: who, where they stand, what they have switched off, and the check of the four emoji.
import { Hand, type LucideIcon, MicOff, ScreenShare, VideoOff } from 'lucide-preact';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { CalledByOther, GroupActions, Newcomer } from '../model/group-model.ts';
import { runsToKeysAddress } from '../model/keys-address.ts';
import { useOwn } from '../model/own-context.ts';
import { isHere, lookalikeWords, nameOf, originWords, presenceWords, sharesScreen } from '../model/presence.ts';
import { Answers } from './answers.tsx';
import { ContactCard } from './contact-card.tsx';
import { PersonMenu, type PersonMenuParts } from './person-menu.tsx';
import { SecurityCard } from './security-card.tsx';

interface Props extends PersonMenuParts {
  readonly hasHand: boolean;
}

export function PersonRow({ hasHand, ...menu }: Props) {
  const { participant, actions } = menu;
  const { id, model, presence } = participant;
  const name = nameOf(participant);
  const isIn = isHere(presence.value);
  const state = [presenceWords(participant) || text('groupIn'), ...originWords(participant)].join(' · ');
  return (
    <li class="person">
      <div class="person-line">
        <Who id={participant.id} name={name} state={state} />
        {isIn && (
          <Signs
            hasHand={hasHand}
            sharesScreen={sharesScreen(participant)}
            microphoneOn={model.remoteMicrophoneOn.value}
            cameraOn={model.remoteCameraOn.value}
          />
        )}
        {isIn && <PersonMenu name={name} {...menu} />}
      </div>
      {!isIn && <Answers participant={participant} name={name} actions={actions} />}
      {isIn && (
        <div class="person-check">
          <SecurityCard
            check={model.security.value}
            name={name}
            actions={{ wordsMatch: () => actions.wordsMatch(id), wordsDiffer: () => actions.wordsDiffer(id) }}
            isOneOfMany
            isAtKeysAddress={() => runsToKeysAddress(model)}
          />
          <ContactCard id={id} name={name} state={participant.card.value} actions={actions} />
        </div>
      )}
    </li>
  );
}

interface WhoProps {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

function Who({ id, name, state }: WhoProps) {
  return (
    <>
      <Avatar id={id} name={name} />
      <div class="person-words">
        <p class="person-name">
          <bdi>{name}</bdi>
        </p>
        <p class="hint">{state}</p>
      </div>
    </>
  );
}

const whyNotLinked: Readonly<Record<Newcomer['state'], TextKey>> = {
  asking: 'groupNewcomerUndecided',
  'kept-out': 'groupNewcomerKeptOut',
  'locked-out': 'groupNewcomerLockedOut',
  'not-hidden': 'groupNewcomerNotHidden',
  waiting: 'groupNewcomerWaiting',
  connecting: 'callConnecting',
};

/** Somebody in the call to whom there is no link, and why. */
export function NewcomerRow({ newcomer, actions }: { readonly newcomer: Newcomer; readonly actions: GroupActions }) {
  const { id, name, isContact, lookalike, state } = newcomer;
  const mark = isContact ? '' : lookalikeWords(lookalike) || text('groupNotAContact');
  return (
    <li class="person">
      <div class="person-line">
        <Who id={id} name={name} state={[mark, text(whyNotLinked[state])].filter(Boolean).join(' · ')} />
      </div>
      {state === 'kept-out' && (
        <span class="answers">
          <button
            type="button"
            class="button answer"
            aria-label={text('groupLetInName', name)}
            onClick={() => actions.letIn(id)}
          >
            {text('groupLetIn')}
          </button>
        </span>
      )}
    </li>
  );
}

/** Somebody whom another one is calling. */
export function CalledRow({ called }: { readonly called: CalledByOther }) {
  const { by, isRinging, name = text('groupSomebody') } = called;
  return (
    <li class="person">
      <div class="person-line">
        <Who id={called.id} name={name} state={text(isRinging ? 'groupRingingBy' : 'groupCalledBy', by)} />
      </div>
    </li>
  );
}

export function OwnRow({ hasHand }: { readonly hasHand: boolean }) {
  const { model } = useOwn();
  const isOn = (state: string) => state === 'on' || state === 'starting';
  const own = model.name.value;
  return (
    <li class="person">
      <div class="person-line">
        <Avatar id={model.id.value} name={own || text('callYou')} />
        <div class="person-words">
          <p class="person-name">{own === '' ? text('callYou') : text('groupOwnName', own)}</p>
        </div>
        <Signs
          hasHand={hasHand}
          sharesScreen={model.screen.value === 'on'}
          microphoneOn={isOn(model.microphone.value)}
          cameraOn={isOn(model.camera.value)}
        />
      </div>
    </li>
  );
}

interface SignsProps {
  readonly hasHand: boolean;
  readonly sharesScreen: boolean;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
}

interface Sign {
  readonly isShown: boolean;
  readonly Icon: LucideIcon;
  readonly label: TextKey;
}

function Signs({ hasHand, sharesScreen: shares, microphoneOn, cameraOn }: SignsProps) {
  const signs: readonly Sign[] = [
    { isShown: hasHand, Icon: Hand, label: 'groupHandUp' },
    { isShown: shares, Icon: ScreenShare, label: 'groupSharesScreen' },
    { isShown: !microphoneOn, Icon: MicOff, label: 'callMutedShort' },
    { isShown: !cameraOn, Icon: VideoOff, label: 'callYourCameraIsOff' },
  ];
  return (
    <span class="person-signs">
      {signs
        .filter(({ isShown }) => isShown)
        .map(({ Icon, label }) => (
          <span key={label} title={text(label)}>
            <Icon size={18} aria-hidden="true" />
            <span class="visually-hidden">{text(label)}</span>
          </span>
        ))}
    </span>
  );
}
