// What a test of a STUN or TURN server gave, in sentences: the addresses it told, or what is wrong and what to do about it.
import type { ServerVerdict } from '../../connectivity/server-verdict.ts';
import { serverTestMs } from '../../connectivity/test-server.ts';
import { type IceServer, type IceTransport, readIceAddress } from '../../core/network/ice-server.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { isGood, type ServerTest } from '../model/ice-servers-model.ts';

const transportNames: Record<IceTransport, string> = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' };

/** What to try when nothing at all comes back, or nothing can be reached, over each transport. */
const silentKeys: Record<IceTransport, TextKey> = {
  udp: 'optionsServerSilentUdp',
  tcp: 'optionsServerSilentTcp',
  tls: 'optionsServerSilentTls',
};

function sentencesOf(server: IceServer, outcome: ServerVerdict): readonly string[] {
  const address = readIceAddress(server.urls);
  const transport = 'refused' in address ? 'udp' : address.transport;
  const isStun = 'refused' in address || address.kind === 'stun';
  switch (outcome.verdict) {
    case 'works':
      return [
        ...outcome.relays.map((relay) =>
          text('optionsServerRelayWorks', relay.address, transportNames[relay.transport]),
        ),
        ...outcome.publicAddresses.map((found) => text('optionsServerFoundPublic', found)),
      ];
    case 'untranslated':
      return [text('optionsServerUntranslated')];
    case 'unauthorized':
      return [text(server.secret === undefined ? 'optionsServerUnauthorized' : 'optionsServerUnauthorizedSecret')];
    case 'password-not-sent':
      return [text('optionsServerPasswordNotSent')];
    case 'refused':
      return [text('optionsServerRefused', outcome.text || text('optionsServerNoReason'), String(outcome.code))];
    case 'unknown-name':
      return [text('optionsServerUnknownName')];
    case 'other-family':
      return [text('optionsServerOtherFamily')];
    case 'unreachable':
      return [text('optionsServerUnreachable')];
    case 'untrusted-or-unreachable':
      return [text('optionsServerUntrusted')];
    case 'silent':
      return [
        plural('optionsServerSilent', serverTestMs / 1000),
        text(isStun ? 'optionsServerSilentStun' : silentKeys[transport]),
      ];
    case 'no-network':
      return [text('optionsServerNoNetwork')];
  }
}

interface OutcomeProps {
  readonly server: IceServer;
  readonly test: ServerTest | undefined;
}

export function IceServerOutcome({ server, test }: OutcomeProps) {
  return (
    <div aria-live="polite">
      {test === 'testing' ? <p class="hint">{text('optionsServerTesting')}</p> : null}
      {typeof test === 'object' ? (
        <div class={isGood(test) ? 'good stack tight' : 'problem stack tight'}>
          {sentencesOf(server, test).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : null}
    </div>
  );
}
