// What can be done about one person in a group call: how loud they are here, the figures of their link, keeping them as a contact.
import { ChartNoAxesColumn, EllipsisVertical, Pin, UserPlus, Volume2, VolumeX } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { Flyout } from '../kit/flyout.tsx';
import { MenuItem } from '../kit/menu-item.tsx';
import { useGroup } from '../model/group-context.ts';
import type { GroupActions, Participant } from '../model/group-model.ts';

/** What a place that shows a person hands to their menu. */
export interface PersonMenuParts {
  readonly participant: Participant;
  readonly actions: GroupActions;
  readonly isPinned: boolean;
  readonly onPin: () => void;
  readonly onStatistics: () => void;
}

interface Props extends PersonMenuParts {
  readonly name: string;
}

export function PersonMenu({ participant, name, actions, isPinned, onPin, onStatistics }: Props) {
  const { id, volume, isMutedHere, isContact } = participant;
  const isMuted = isMutedHere.value;
  const isGuest = useGroup()?.isGuest === true;
  return (
    <Flyout
      label={text('groupMore', name)}
      class="tile-tool"
      icon={<EllipsisVertical size={18} aria-hidden="true" />}
      width={260}
    >
      {(close) => (
        <>
          <label class="volume">
            {isMuted ? <VolumeX size={18} aria-hidden="true" /> : <Volume2 size={18} aria-hidden="true" />}
            <span class="visually-hidden">{text('groupVolume', name)}</span>
            <input
              type="range"
              min="0"
              max="100"
              step="5"
              value={Math.round(volume.value * 100)}
              disabled={isMuted}
              onInput={({ currentTarget }) => actions.setVolume(id, Number(currentTarget.value) / 100)}
            />
            <span class="volume-figure" aria-hidden="true">
              {Math.round(volume.value * 100)} %
            </span>
          </label>
          <MenuItem
            icon={VolumeX}
            label={text('groupMuteHere')}
            isPressed={isMuted}
            onClick={() => actions.muteHere(id, !isMuted)}
          />
          <MenuItem
            icon={Pin}
            label={text('groupPinShort')}
            isPressed={isPinned}
            onClick={() => {
              close();
              onPin();
            }}
          />
          <MenuItem
            icon={ChartNoAxesColumn}
            label={text('callStatistics')}
            onClick={() => {
              close();
              onStatistics();
            }}
          />
          {!isContact.value && !isGuest && (
            <MenuItem
              icon={UserPlus}
              label={text('groupAddToContacts')}
              onClick={() => {
                close();
                actions.addToContacts(id);
              }}
            />
          )}
        </>
      )}
    </Flyout>
  );
}
