// One STUN or TURN server to type, test and save; each refusal is a sentence with what to do next.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { testIceServer } from '../../connectivity/test-server.ts';
import {
  type IceServer,
  type IceServerRefusal,
  readIceServer,
  type TypedIceServer,
} from '../../core/network/ice-server.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { SecretField } from '../fields/secret-field.tsx';
import type { ServerTest } from '../model/ice-servers-model.ts';
import { emptyServer, formatServerDraft, readServerDraft } from '../model/server-draft.ts';
import { IceServerOutcome } from './ice-server-outcome.tsx';

type Field = 'address' | 'user' | 'password';

const refusals: Record<IceServerRefusal, { readonly key: TextKey; readonly field: Field }> = {
  empty: { key: 'optionsServerEmpty', field: 'address' },
  'other-scheme': { key: 'optionsServerOtherScheme', field: 'address' },
  'stun-over-tls': { key: 'optionsServerStunOverTls', field: 'address' },
  'user-in-address': { key: 'optionsServerUserInAddress', field: 'address' },
  'no-host': { key: 'optionsServerNoHost', field: 'address' },
  'bad-name': { key: 'optionsServerBadName', field: 'address' },
  'bad-ipv4': { key: 'optionsServerBadIpv4', field: 'address' },
  'bad-ipv6': { key: 'optionsServerBadIpv6', field: 'address' },
  'bare-ipv6': { key: 'optionsServerBareIpv6', field: 'address' },
  'bad-port': { key: 'optionsServerBadPort', field: 'address' },
  'bad-transport': { key: 'optionsServerBadTransport', field: 'address' },
  'stun-transport': { key: 'optionsServerStunTransport', field: 'address' },
  'tls-over-udp': { key: 'optionsServerTlsOverUdp', field: 'address' },
  'extra-text': { key: 'optionsServerExtraText', field: 'address' },
  'needs-user': { key: 'optionsServerNeedsUser', field: 'user' },
  'needs-password': { key: 'optionsServerNeedsPassword', field: 'password' },
  'needs-secret': { key: 'optionsServerNeedsSecret', field: 'password' },
  'too-long': { key: 'optionsServerTooLong', field: 'password' },
  known: { key: 'optionsServerKnown', field: 'address' },
};

/** The sentence for each reason why a server was not taken. */
export const refusalSentence = (refusal: IceServerRefusal): string => text(refusals[refusal].key);

/** A whole address says kind and transport itself: the choices follow what is typed. */
function following(typed: TypedIceServer, address: string): TypedIceServer {
  const scheme = /^\s*(stuns?|turns?):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return { ...typed, address };
  const transport = scheme === 'turns' ? 'tls' : /\?transport=tcp/i.test(address) ? 'tcp' : 'udp';
  return { ...typed, address, kind: scheme.startsWith('turn') ? 'turn' : 'stun', transport };
}

/** A choice made by hand goes before what a whole address said: only the place stays of it. */
function choosing(typed: TypedIceServer, choice: Partial<TypedIceServer>): TypedIceServer {
  const address = typed.address.replace(/^\s*(?:stuns?|turns?):(?:\/\/)?/i, '').replace(/\?.*$/, '');
  return { ...typed, ...choice, address };
}

export interface IceServerFormProps {
  /** What stands in the fields at first. */
  readonly start?: TypedIceServer;
  /** Where what was typed is kept, without the password, until it is saved. */
  readonly draft?: Signal<string>;
  readonly others: readonly IceServer[];
  readonly saveLabel: string;
  readonly onSave: (server: IceServer) => void;
  readonly onCancel?: () => void;
}

export function IceServerForm({ start = emptyServer, draft, others, saveLabel, onSave, onCancel }: IceServerFormProps) {
  const typed = useSignal(readServerDraft(draft?.peek()) ?? start);
  const refusal = useSignal<IceServerRefusal | undefined>(undefined);
  const tested = useSignal<{ readonly server: IceServer; readonly test: ServerTest } | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const ids = { address: useId(), addressHint: useId(), user: useId(), problem: useId() };
  const { kind, transport, address, user, signsInWith, password } = typed.value;
  // A form that comes in the place of what the person clicked has the focus.
  useEffect(() => {
    if (onCancel) form.current?.querySelector<HTMLElement>('input[aria-describedby]:not([type="radio"])')?.focus();
  }, []);
  const wrongField = refusal.value === undefined ? undefined : refusals[refusal.value].field;

  const change = (next: TypedIceServer) => {
    typed.value = next;
    refusal.value = undefined;
    tested.value = undefined;
    if (draft) draft.value = formatServerDraft(next);
  };
  const read = (known: readonly IceServer[]): IceServer | undefined => {
    const server = readIceServer(typed.value, known);
    if (!('refused' in server)) return server;
    refusal.value = server.refused;
    // The field that is wrong is marked with the next picture.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return undefined;
  };
  const save = () => {
    const server = read(others);
    if (!server) return;
    change(emptyServer);
    onSave(server);
  };
  const runTest = async () => {
    const server = read([]);
    if (!server) return;
    const running = { server, test: 'testing' } as const;
    tested.value = running;
    const verdict = await testIceServer(server);
    if (tested.peek() === running) tested.value = verdict && { server, test: verdict };
  };

  return (
    <form
      ref={form}
      class="stack server-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ChoiceGroup
        legend={text('optionsServerKind')}
        chosen={kind}
        choices={[
          { value: 'stun', label: 'STUN', hint: text('optionsServerStunHint') },
          { value: 'turn', label: 'TURN', hint: text('optionsServerTurnHint') },
        ]}
        onChoose={(chosen) => change(choosing(typed.value, { kind: chosen }))}
      />
      <div class="field">
        <label for={ids.address}>{text('optionsServerAddress')}</label>
        <input
          id={ids.address}
          class="input"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          dir="ltr"
          placeholder={kind === 'stun' ? 'stun.example.org' : 'turn.example.org'}
          value={address}
          aria-invalid={wrongField === 'address'}
          aria-describedby={`${ids.addressHint} ${ids.problem}`}
          onInput={(event) => change(following(typed.value, event.currentTarget.value))}
        />
        <p class="hint" id={ids.addressHint}>
          {text('optionsServerAddressHint', kind === 'turn' && transport === 'tls' ? '5349' : '3478')}
        </p>
      </div>
      {kind === 'stun' ? null : (
        <>
          <ChoiceGroup
            legend={text('optionsServerTransport')}
            chosen={transport}
            choices={[
              { value: 'udp', label: 'UDP', hint: text('optionsServerUdpHint') },
              { value: 'tcp', label: 'TCP', hint: text('optionsServerTcpHint') },
              { value: 'tls', label: 'TLS', hint: text('optionsServerTlsHint') },
            ]}
            onChoose={(chosen) => change(choosing(typed.value, { transport: chosen }))}
          />
          <ChoiceGroup
            legend={text('optionsServerSignIn')}
            chosen={signsInWith}
            choices={[
              { value: 'password', label: text('optionsServerByPassword'), hint: text('optionsServerByPasswordHint') },
              { value: 'secret', label: text('optionsServerBySecret'), hint: text('optionsServerBySecretHint') },
            ]}
            onChoose={(chosen) => change({ ...typed.value, signsInWith: chosen })}
          />
          <div class="two-fields">
            <div class="field">
              <label for={ids.user}>
                {text(signsInWith === 'secret' ? 'optionsServerUserOptional' : 'optionsServerUser')}
              </label>
              <input
                id={ids.user}
                class="input"
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                dir="ltr"
                value={user}
                aria-invalid={wrongField === 'user'}
                aria-describedby={ids.problem}
                onInput={(event) => change({ ...typed.value, user: event.currentTarget.value })}
              />
            </div>
            <SecretField
              label={text(signsInWith === 'secret' ? 'optionsServerSecret' : 'optionsServerPassword')}
              showLabel={text(signsInWith === 'secret' ? 'optionsShowSecret' : 'optionsShowPassword')}
              hideLabel={text(signsInWith === 'secret' ? 'optionsHideSecret' : 'optionsHidePassword')}
              typed={password}
              invalid={wrongField === 'password'}
              problemId={ids.problem}
              onInput={(next) => change({ ...typed.value, password: next })}
            />
          </div>
        </>
      )}
      <div id={ids.problem} aria-live="polite">
        {refusal.value === undefined ? null : <p class="problem">{refusalSentence(refusal.value)}</p>}
      </div>
      {tested.value === undefined ? null : <IceServerOutcome {...tested.value} />}
      <div class="actions">
        <button type="submit" class="button">
          {saveLabel}
        </button>
        <button type="button" class="button" onClick={() => void runTest()}>
          {text('optionsTestServer')}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" class="button plain" onClick={onCancel}>
            {text('optionsCancel')}
          </button>
        )}
      </div>
    </form>
  );
}
