// Groups that were saved: one click calls everybody in one.
import { Phone, Trash2, Users, Video } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { CallMedia } from '../../core/identity/contact.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { text } from '../../ui/texts/text.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import type { SavedGroups } from './saved-groups.ts';

interface Props {
  readonly groups: SavedGroups;
  readonly onCall: (contactIds: readonly string[], media: CallMedia) => void;
}

export function GroupList({ groups, onCall }: Props) {
  const headingId = useId();
  const { list, onFocusIn, onKeyDown } = useRowKeys();
  const shown = groups.shown.value;
  if (shown.length === 0) return null;
  return (
    <section>
      <h2 id={headingId} class="section-title">
        {text('popupGroups')}
      </h2>
      <ul ref={list} class="plain-list rows" aria-labelledby={headingId} onFocusIn={onFocusIn} onKeyDown={onKeyDown}>
        {shown.map(({ name, members }) => {
          const [ids, names] = [members.map(({ id }) => id), enumeration(members.map((one) => one.name))];
          return (
            <li key={name} class="row">
              <span class="group-mark" aria-hidden="true">
                <Users size={20} />
              </span>
              <div class="row-text">
                <span class="row-name" dir="auto" title={name}>
                  {name}
                </span>
                <span class="row-note one-line" title={names}>
                  {names || text('popupGroupEmpty')}
                </span>
              </div>
              {members.length === 0 ? null : (
                <>
                  <IconButton
                    icon={Video}
                    label={text('popupCall', name)}
                    look="round-accent"
                    onClick={() => onCall(ids, 'video')}
                  />
                  <IconButton
                    icon={Phone}
                    label={text('popupCallAudio', name)}
                    size={18}
                    onClick={() => onCall(ids, 'audio')}
                  />
                </>
              )}
              <IconButton
                icon={Trash2}
                label={text('popupGroupRemove', name)}
                size={18}
                onClick={() => void groups.remove(name)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
