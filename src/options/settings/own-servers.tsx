// Own servers: each as one thing, and a server link to paste or scan, to test and to add.
import { useEffect, useId, useRef } from 'preact/hooks';
import { type OwnServer, ownServerName, passwordState } from '../../core/network/own-servers.ts';
import type { ServerLinkRefusal } from '../../core/network/server-link.ts';
import { displayRelayUrl } from '../../platform/relay/relay-url.ts';
import { formatTag, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import { RelayTestOutcome } from '../fields/relay-test-outcome.tsx';
import { serverName } from '../model/ice-servers-model.ts';
import type { FoundServer, OwnServersModel } from '../model/own-servers-model.ts';
import { IceServerOutcome } from './ice-server-outcome.tsx';

interface Props {
  readonly model: OwnServersModel;
}

const refusalKeys: Record<ServerLinkRefusal, TextKey> = {
  'not-a-server-link': 'optionsServerLinkNone',
  damaged: 'optionsServerLinkDamaged',
  'newer-version': 'optionsServerLinkNewer',
  'bad-address': 'optionsServerLinkBadAddress',
  'no-sign-in': 'optionsServerLinkNoSignIn',
  'nothing-in-it': 'optionsServerLinkEmpty',
};

const dayWords = (at: number): string => new Intl.DateTimeFormat(formatTag(), { dateStyle: 'long' }).format(at);

function PasswordWords({ server }: { readonly server: Pick<OwnServer, 'endsAt'> }) {
  if (server.endsAt === undefined) return null;
  const state = passwordState(server, Date.now());
  const day = dayWords(server.endsAt);
  if (state === 'ended') return <p class="problem">{text('optionsOwnServerEnded', day)}</p>;
  if (state === 'ends-soon') return <p class="warning">{text('optionsOwnServerEndsSoon', day)}</p>;
  return <p class="hint">{text('optionsOwnServerGoodUntil', day)}</p>;
}

function ServerItem({
  model,
  server,
  onRemoved,
}: Props & { readonly server: OwnServer; readonly onRemoved: () => void }) {
  const name = ownServerName(server);
  const parts = [
    ...server.relays.map((relay) => text('optionsOwnServerRelay', displayRelayUrl(relay))),
    ...server.iceServers.map((urls) => serverName({ urls })),
    ...(server.page === undefined ? [] : [text('optionsOwnServerPage', server.page)]),
  ];
  return (
    <li class="item">
      <div class="server-line">
        <div class="item-text">
          <strong class="breakable">{name}</strong>
          <ul class="plain-list">
            {parts.map((part) => (
              <li key={part} class="hint breakable">
                {part}
              </li>
            ))}
          </ul>
          <PasswordWords server={server} />
        </div>
        <ConfirmAction
          quietDanger
          label={text('optionsRemoveNamed', name)}
          title={text('optionsOwnServerRemoveAsk', name)}
          confirmLabel={text('optionsRemove')}
          cancelLabel={text('optionsCancel')}
          onConfirm={() => void model.remove(server).then(onRemoved)}
        >
          <p>{text('optionsOwnServerRemoveText')}</p>
        </ConfirmAction>
      </div>
    </li>
  );
}

function Found({ model, found }: Props & { readonly found: FoundServer }) {
  const title = useRef<HTMLHeadingElement>(null);
  // What was asked for stands below the button: whoever cannot see it is led there.
  useEffect(() => title.current?.focus(), [found.link]);
  const { link } = found;
  const hasSecret = link.iceServers.some(({ secret }) => secret !== undefined);
  return (
    <section class="stack tight found-server" aria-label={found.name}>
      <h3 ref={title} tabIndex={-1} class="breakable">
        {found.name}
      </h3>
      {hasSecret ? <p class="warning">{text('optionsServerLinkOwner')}</p> : null}
      <ul class="plain-list items">
        {link.relays.map((relay) => (
          <li key={relay} class="item">
            <strong class="breakable">{text('optionsOwnServerRelay', displayRelayUrl(relay))}</strong>
            <RelayTestOutcome state={found.relays.get(relay) ?? 'idle'} />
          </li>
        ))}
        {link.iceServers.map((server) => (
          <li key={server.urls} class="item">
            <strong class="breakable">{serverName(server)}</strong>
            <IceServerOutcome server={server} test={found.iceServers.get(server.urls)} />
          </li>
        ))}
        {link.page === undefined ? null : (
          <li class="item">
            <strong class="breakable">{text('optionsOwnServerPage', link.page)}</strong>
          </li>
        )}
      </ul>
      {found.hasEnded ? (
        <p class="problem">{text('optionsOwnServerEnded', dayWords(link.endsAt ?? 0))}</p>
      ) : (
        <PasswordWords server={link} />
      )}
      <p class="hint">{text('optionsServerLinkLearns')}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void model.add()}>
          {text(found.renews ? 'optionsRenewOwnServer' : 'optionsAddOwnServer')}
        </button>
        <button type="button" class="button plain" onClick={() => model.type('')}>
          {text('optionsCancel')}
        </button>
      </div>
    </section>
  );
}

export function OwnServers({ model }: Props) {
  const ids = { field: useId(), hint: useId(), problem: useId() };
  const field = useRef<HTMLTextAreaElement>(null);
  const refusal = model.refusal.value;
  const found = model.found.value;
  return (
    <div class="stack tight">
      <p class="hint">{text('optionsOwnServerText')}</p>
      {model.servers.length === 0 ? null : (
        <ul class="plain-list items" aria-label={text('optionsOwnServers')}>
          {model.servers.map((server) => (
            <ServerItem
              key={server.relays.concat(server.iceServers).join(' ')}
              model={model}
              server={server}
              onRemoved={() => field.current?.focus()}
            />
          ))}
        </ul>
      )}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          void model.look();
        }}
      >
        <div class="field">
          <label for={ids.field}>{text('optionsServerLink')}</label>
          <textarea
            id={ids.field}
            ref={field}
            class="input"
            rows={2}
            autocomplete="off"
            spellcheck={false}
            dir="ltr"
            placeholder="ffc-server:1:"
            value={model.typed.value}
            aria-invalid={refusal !== undefined}
            aria-describedby={`${ids.hint} ${ids.problem}`}
            onInput={(event) => model.type(event.currentTarget.value)}
          />
          <p class="hint" id={ids.hint}>
            {text('optionsServerLinkHint')}
          </p>
        </div>
        <div id={ids.problem} aria-live="polite">
          {refusal === undefined ? null : <p class="problem">{text(refusalKeys[refusal])}</p>}
        </div>
        <div class="actions">
          <button type="submit" class="button">
            {text('optionsTestServerLink')}
          </button>
          <a class="button" href="#scan">
            {text('optionsScanServerLink')}
          </a>
        </div>
      </form>
      {found === undefined ? null : <Found model={model} found={found} />}
    </div>
  );
}
