// STUN and TURN servers, for networks where two browsers cannot find a way to each other. None is set unless the person sets it.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { IceServer } from '../core/contact.ts';
import { text } from '../platform/text.ts';
import type { OptionsModel } from './options-model.ts';

interface RegionProps {
  readonly model: OptionsModel;
}

type ServerRefusal = 'not-an-address' | 'needs-password' | 'known';

const refusalKeys: Record<ServerRefusal, string> = {
  'not-an-address': 'optionsServerMalformed',
  'needs-password': 'optionsServerNeedsPassword',
  known: 'optionsServerKnown',
};

/** RFC 7064 and 7065: scheme, host, port, transport. No credentials stand in the address. */
const serverPattern = /^(stun|stuns|turn|turns):(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

function readServer(
  address: string,
  user: string,
  password: string,
  list: readonly IceServer[],
): IceServer | { readonly refused: ServerRefusal } {
  const urls = address.trim();
  const match = serverPattern.exec(urls);
  if (!match) return { refused: 'not-an-address' };
  if (list.some((server) => server.urls === urls)) return { refused: 'known' };
  if (!match[1]?.toLowerCase().startsWith('turn')) return { urls };
  if (user.trim() === '' || password === '') return { refused: 'needs-password' };
  return { urls, username: user.trim(), credential: password };
}

function AddServer({ model }: RegionProps) {
  const address = useSignal('');
  const user = useSignal('');
  const password = useSignal('');
  const refusal = useSignal<ServerRefusal | undefined>(undefined);
  const id = useId();
  const fields = [
    {
      key: 'address',
      label: 'optionsServerAddress',
      value: address,
      type: 'text',
      placeholder: 'turn:turn.example.org:3478',
    },
    { key: 'user', label: 'optionsServerUser', value: user, type: 'text', placeholder: '' },
    { key: 'password', label: 'optionsServerPassword', value: password, type: 'password', placeholder: '' },
  ] as const;

  const add = async () => {
    const { iceServers } = model.settings.value;
    const server = readServer(address.value, user.value, password.value, iceServers);
    refusal.value = 'refused' in server ? server.refused : undefined;
    if ('refused' in server) return;
    for (const field of fields) field.value.value = '';
    await model.change({ iceServers: [...iceServers, server] }, text('optionsServerAdded', server.urls));
  };
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="three-fields">
        {fields.map(({ key, label, value, type, placeholder }) => (
          <div key={key} class="field">
            <label for={`${id}-${key}`}>{text(label)}</label>
            <input
              id={`${id}-${key}`}
              class="input"
              type={type}
              autocomplete="off"
              spellcheck={false}
              placeholder={placeholder}
              value={value.value}
              aria-describedby={`${id}-problem`}
              onInput={(event) => {
                value.value = event.currentTarget.value;
                refusal.value = undefined;
              }}
            />
          </div>
        ))}
      </div>
      <div id={`${id}-problem`} aria-live="polite">
        {refusal.value === undefined ? null : <p class="problem">{text(refusalKeys[refusal.value])}</p>}
      </div>
      <div class="actions">
        <button type="submit" class="button">
          {text('optionsAddServer')}
        </button>
      </div>
    </form>
  );
}

export function NetworkRegion({ model }: RegionProps) {
  const { iceServers } = model.settings.value;
  const remove = (urls: string) =>
    model.change(
      { iceServers: iceServers.filter((server) => server.urls !== urls) },
      text('optionsServerRemoved', urls),
    );
  return (
    <>
      <p>{text('optionsNetworkText')}</p>
      {iceServers.length === 0 ? (
        <p class="hint">{text('optionsNoServers')}</p>
      ) : (
        <ul class="plain-list items" aria-label={text('optionsServers')}>
          {iceServers.map((server) => (
            <li key={server.urls} class="item">
              <div class="item-text">
                <strong class="breakable">{server.urls}</strong>
                {server.username === undefined ? null : (
                  <span class="hint">{text('optionsServerAs', server.username)}</span>
                )}
              </div>
              <div class="actions">
                <button type="button" class="button small quiet-danger" onClick={() => void remove(server.urls)}>
                  {text('optionsRemoveNamed', server.urls)}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <AddServer model={model} />
    </>
  );
}
