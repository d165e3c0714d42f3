// What a test of a relay found, in sentences: a failure with what to do next, or all that is known of a relay that works.
import { envelopeSizes } from '../../core/signaling/envelope.ts';
import type { RelayDescription } from '../../platform/relay/relay-transport.ts';
import type { RelayReport } from '../../platform/relay/test-relay.ts';
import { dialectNames } from '../../ui/relay-sentences.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

type TestFailure = Extract<RelayReport, { readonly failed: string }>['failed'];
type Success = Exclude<RelayReport, { readonly failed: string }>;

const failureKeys: Record<TestFailure, TextKey> = {
  unreachable: 'optionsTestUnreachable',
  tls: 'optionsTestTls',
  'web-page': 'optionsTestWebPage',
  'not-a-relay': 'optionsTestNotARelay',
  'needs-login': 'optionsTestNeedsLogin',
  'members-only': 'optionsTestMembersOnly',
  'pays-only': 'optionsTestPaysOnly',
  'rate-limited': 'optionsTestRateLimited',
  refused: 'optionsTestRefused',
  'clock-wrong': 'optionsTestClockWrong',
  'no-echo': 'optionsTestNoEcho',
  'no-site-access': 'uiRelayNoSiteAccess',
  'bad-address': 'optionsRelayMalformed',
};

const wholeKilobytes = (bytes: number): string => String(Math.floor(bytes / 1024));

function sizeSentence({ maxBytes, nip11 }: Success): string {
  const passed = maxBytes >= Math.max(...envelopeSizes) ? 'optionsTestSizeEnough' : 'optionsTestSizeSmall';
  const own = nip11?.maxMessageLength;
  const sentence = text(passed, wholeKilobytes(maxBytes));
  return own === undefined ? sentence : `${sentence} ${text('optionsTestSizeOwn', wholeKilobytes(own))}`;
}

const addressKeys: readonly (readonly [keyof RelayDescription & ('terms' | 'postingPolicy' | 'payments'), TextKey])[] =
  [
    ['terms', 'optionsTestTerms'],
    ['postingPolicy', 'optionsTestPolicy'],
    ['payments', 'optionsTestPayments'],
  ];

/** The pages that a relay names; they open only when the person clicks. */
function RelayPages({ nip11 }: { readonly nip11: RelayDescription }) {
  const pages = addressKeys.filter(([name]) => nip11[name] !== undefined);
  if (pages.length === 0) return null;
  return (
    <ul class="plain-list">
      {pages.map(([name, key]) => (
        <li key={name}>
          <a class="breakable" href={nip11[name]} target="_blank" rel="noreferrer noopener">
            {text(key)}
          </a>
        </li>
      ))}
    </ul>
  );
}

function WorkingRelay({ report }: { readonly report: Success }) {
  const { nip11 } = report;
  const sentences = [
    ...(nip11?.name ? [text('optionsTestName', nip11.name)] : []),
    sizeSentence(report),
    text(report.acked ? 'optionsTestAcked' : 'optionsTestNotAcked'),
    text(report.holds ? 'optionsTestHolds' : 'optionsTestHoldsNothing'),
    ...(nip11?.isPaid ? [text('optionsTestPaid')] : []),
  ];
  return (
    <>
      <div class="stack tight">
        <p class="good">
          {text('optionsTestWorks', dialectNames[report.dialect], String(Math.round(report.roundTripMs)))}
        </p>
        <p class="hint">{sentences.join(' ')}</p>
      </div>
      {nip11 ? <RelayPages nip11={nip11} /> : null}
    </>
  );
}

/** How a test went: not asked, running, or its report. */
export type TestState = 'idle' | 'testing' | RelayReport;

export function RelayTestOutcome({ state }: { readonly state: TestState }) {
  return (
    <div aria-live="polite">
      {state === 'testing' ? <p class="hint">{text('optionsTesting')}</p> : null}
      {typeof state === 'object' && 'failed' in state ? (
        <>
          <p class="problem">{text(failureKeys[state.failed])}</p>
          {state.nip11 ? <RelayPages nip11={state.nip11} /> : null}
        </>
      ) : null}
      {typeof state === 'object' && !('failed' in state) ? <WorkingRelay report={state} /> : null}
    </div>
  );
}
