// STUN and TURN servers, for networks where two browsers cannot find a way to each other. None is set unless the person sets it.
import { useEffect, useRef } from 'preact/hooks';
import { type IceServer, readIceAddress, typedFrom } from '../../core/network/ice-server.ts';
import { text } from '../../ui/texts/text.ts';
import { type IceServersModel, serverName } from '../model/ice-servers-model.ts';
import { IceServerForm, refusalSentence } from './ice-server-form.tsx';
import { IceServerOutcome } from './ice-server-outcome.tsx';
import { PartOfServer } from './part-of-server.tsx';

interface RegionProps {
  readonly servers: IceServersModel;
}

interface RowProps extends RegionProps {
  readonly server: IceServer;
  readonly onRemoved: () => void;
}

function signInWords({ urls, username, secret }: IceServer): string | undefined {
  if (!/^turn/i.test(urls)) return undefined;
  if (secret === undefined) return text('optionsServerAs', username ?? '');
  return username === undefined ? text('optionsServerWithSecret') : text('optionsServerWithSecretAs', username);
}

function ServerRow({ servers, server, onRemoved }: RowProps) {
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  const isEdited = servers.edited.value === server.urls;
  useEffect(() => {
    if (wasEdited.current && !isEdited) editButton.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const name = serverName(server);
  const address = readIceAddress(server.urls);
  const signIn = signInWords(server);
  const test = servers.testOf(server);
  if (isEdited)
    return (
      <li class="item">
        <h3>{text('optionsServerEditing', name)}</h3>
        <IceServerForm
          start={typedFrom(server)}
          others={servers.servers.filter(({ urls }) => urls !== server.urls)}
          saveLabel={text('optionsSaveServer')}
          onSave={(changed) => void servers.replace(server, changed)}
          onCancel={() => {
            servers.edited.value = undefined;
          }}
        />
      </li>
    );
  return (
    <li class="item">
      <div class="server-line">
        <div class="item-text">
          <strong class="breakable">{name}</strong>
          <PartOfServer servers={servers.ownServers} address={server.urls} />
          {signIn === undefined ? null : <span class="hint breakable">{signIn}</span>}
        </div>
        <div class="actions">
          {'refused' in address ? null : (
            <button
              type="button"
              class="button small"
              aria-label={text('optionsTestNamed', name)}
              onClick={() => void servers.test(server)}
            >
              {text('optionsTest')}
            </button>
          )}
          <button
            ref={editButton}
            type="button"
            class="button small"
            aria-label={text('optionsEditNamed', name)}
            onClick={() => {
              servers.edited.value = server.urls;
            }}
          >
            {text('optionsEdit')}
          </button>
          <button
            type="button"
            class="button small quiet-danger"
            aria-label={text('optionsRemoveNamed', name)}
            onClick={() => void servers.remove(server).then(onRemoved)}
          >
            {text('optionsRemove')}
          </button>
        </div>
      </div>
      {'refused' in address ? (
        <p class="problem">
          {text('optionsServerUnusable')} {refusalSentence(address.refused)}
        </p>
      ) : (
        <IceServerOutcome server={server} test={test} />
      )}
    </li>
  );
}

export function NetworkRegion({ servers }: RegionProps) {
  const list = servers.servers;
  // Takes the focus when the row that had it is gone.
  const addTitle = useRef<HTMLElement>(null);
  // Where something is typed already; from then on the person folds it.
  const startsOpen = useRef(servers.draft.peek() !== '');
  return (
    <>
      <p>{text('optionsNetworkText')}</p>
      {list.length === 0 ? (
        <p class="good">{text('optionsNoServers')}</p>
      ) : (
        <>
          <ul class="plain-list items" aria-label={text('optionsServers')}>
            {list.map((server) => (
              <ServerRow
                key={server.urls}
                servers={servers}
                server={server}
                onRemoved={() => addTitle.current?.focus()}
              />
            ))}
          </ul>
          {list.length < 2 ? null : (
            <div class="actions">
              <button type="button" class="button" onClick={() => void servers.testAll()}>
                {text('optionsTestAllServers')}
              </button>
            </div>
          )}
          <p class="hint">{text('optionsServersLearn')}</p>
        </>
      )}
      {servers.edited.value === undefined ? (
        <details class="folded" open={startsOpen.current}>
          <summary ref={addTitle}>{text('optionsAddAServer')}</summary>
          <IceServerForm
            draft={servers.draft}
            others={list}
            saveLabel={text('optionsAddServer')}
            onSave={(server) => void servers.add(server)}
          />
        </details>
      ) : null}
    </>
  );
}
