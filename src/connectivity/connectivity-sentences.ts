// The sentences of the self-test, put together from its texts: verdicts, what to do and who does it, findings, and all of it as one
// text to copy. No address and no name of a server is in any of them.
import type { CombinedVerdict } from '../core/network/combined-verdict.ts';
import type { NetworkFindings, SharedFindings } from '../core/network/network-findings.ts';
import { type FindingRow, networkRows, type OwnVerdict, ownRows, type Todo } from '../core/network/own-verdict.ts';
import { text } from '../ui/texts/text.ts';
import type { TextKey } from '../ui/texts/text-key.ts';
import {
  blameKeys,
  familyKeys,
  findingTexts,
  otherReasonKeys,
  ownVerdictKeys,
  todoKeys,
} from './connectivity-texts.ts';

/** What is so, and what to do about it; nothing to do is undefined. */
export interface VerdictWords {
  readonly sentence: string;
  readonly todo: string | undefined;
}

const todoWords = (todo: Todo): string | undefined => (todo === 'nothing' ? undefined : text(todoKeys[todo]));

export function ownVerdictWords({ verdict, todo }: OwnVerdict): VerdictWords {
  return { sentence: text(ownVerdictKeys[verdict]), todo: todoWords(todo) };
}

function reasonKey(verdict: CombinedVerdict): TextKey {
  switch (verdict.because) {
    case 'families':
      return familyKeys[verdict.own][verdict.oneSided];
    case 'offline':
    case 'not-own':
    case 'passing':
    case 'unclear':
      return otherReasonKeys[verdict.because];
    default:
      return blameKeys[verdict.because][verdict.whose];
  }
}

/** @param name of the person on the other side. */
export function combinedVerdictWords(verdict: CombinedVerdict, name: string): VerdictWords {
  const sentence = text(reasonKey(verdict), name);
  const todo = todoWords(verdict.todo);
  if (todo === undefined) return { sentence, todo };
  switch (verdict.forWhom) {
    case 'own':
      return { sentence, todo };
    case 'theirs':
      return { sentence, todo: text('connectivityForTheirs', name, todo) };
    case 'both':
      return { sentence, todo: text('connectivityForBoth', todo) };
    case 'either':
      return { sentence, todo: text('connectivityForEither', todo) };
  }
}

export interface RowWords {
  readonly finding: FindingRow;
  readonly topic: string;
  readonly sentences: string;
}

const wayNames = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' } as const;

function turnSentences({ finding }: FindingRow, side: SharedFindings, own: NetworkFindings | undefined): string {
  const { udp, tcp, tls, working, total } = own?.turnServers ?? {
    udp: false,
    tcp: false,
    tls: false,
    working: 0,
    total: 0,
  };
  const ways = Object.entries({ udp, tcp, tls })
    .filter(([, works]) => works)
    .map(([way]) => wayNames[way as keyof typeof wayNames]);
  const works = ways.length > 0 ? text('connectivityTurnWorksBy', ways.join(', ')) : text('connectivityTurnWorks');
  const onlyOne =
    side.turnIpv4 === side.turnIpv6 ? [] : [text(side.turnIpv4 ? 'connectivityTurnOnly4' : 'connectivityTurnOnly6')];
  const first = finding === 'turn-some' ? text('connectivityTurnSome', String(working), String(total)) : works;
  return [first, ...onlyOne].join(' ');
}

/** @param saidAlready what the verdict tells to do: it is not said twice. */
function rowWords(
  row: FindingRow,
  side: SharedFindings,
  own: NetworkFindings | undefined,
  saidAlready: Todo,
): RowWords {
  const { topic, sentence, todo } = findingTexts[row.finding];
  const isTurn = row.finding === 'turn-works' || row.finding === 'turn-some';
  const said = isTurn
    ? turnSentences(row, side, own)
    : text(sentence, ...(own ? [String(own.relays.up), String(own.relays.total)] : []));
  // What to do stands beside the own findings only: the other side reads its own.
  const sentences = own && todo && todo !== saidAlready ? `${said} ${text(todoKeys[todo])}` : said;
  return { finding: row, topic: text(topic), sentences };
}

export function ownRowWords(own: NetworkFindings, saidAlready: Todo): readonly RowWords[] {
  return ownRows(own).map((row) => rowWords(row, own, own, saidAlready));
}

export function theirRowWords(theirs: SharedFindings): readonly RowWords[] {
  return networkRows(theirs).map((row) => rowWords(row, theirs, undefined, 'nothing'));
}

/** Everything as plain text, to be sent to somebody who can help. */
export function reportText(
  { sentence, todo }: VerdictWords,
  parts: readonly { readonly heading: string; readonly rows: readonly RowWords[] }[],
): string {
  const sections = parts.map(({ heading, rows }) =>
    [heading, ...rows.map(({ topic, sentences }) => `- ${topic}: ${sentences}`)].join('\n'),
  );
  return [[sentence, ...(todo ? [todo] : [])].join('\n'), ...sections].join('\n\n');
}
