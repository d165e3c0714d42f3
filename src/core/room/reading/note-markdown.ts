// A note as Markdown, for reading elsewhere. What people wrote stands as it is, with the signs of Markdown escaped.
import type { NoteLine, NoteRun } from './note-lines.ts';

const escaped = (words: string): string => words.replace(/[\\`*_{}[\]<>#+|!~-]/g, '\\$&');

/** Code with more backticks around it than it has in it. */
function inCode(words: string): string {
  const most = Math.max(0, ...[...words.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(most + 1);
  return most > 0 ? `${fence} ${words} ${fence}` : `${fence}${words}${fence}`;
}

/** Marks stand close to their words: spaces at the ends go outside. */
function marked(words: string, sign: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words) ?? [];
  return inner === '' ? words : `${before}${sign}${inner}${sign}${after}`;
}

function runWords({ text, bold, italic, code, link }: NoteRun): string {
  let words = code ? inCode(text) : escaped(text);
  if (italic) words = marked(words, '*');
  if (bold) words = marked(words, '**');
  return link === '' ? words : `[${words}](<${link.replace(/[<>\s\\]/g, (sign) => encodeURIComponent(sign))}>)`;
}

const plain = ({ runs }: NoteLine): string => runs.map(({ text }) => text).join('');

function lineWords(line: NoteLine, number: number, below: number): string {
  const words = line.runs.map(runWords).join('');
  const space = '   '.repeat(line.indent);
  switch (line.kind) {
    case 'head-1':
    case 'head-2':
    case 'head-3':
      return `${'#'.repeat(Number(line.kind.slice(-1)) + below)} ${words}`;
    case 'bullet':
      return `${space}- ${words}`;
    case 'number':
      return `${space}${number}. ${words}`;
    case 'check':
      return `${space}- [${line.done ? 'x' : ' '}] ${words}`;
    case 'quote':
      return `> ${words}`;
    default:
      return words;
  }
}

const groups = { bullet: 'list', number: 'list', check: 'list', quote: 'quote', code: 'code' } as const;
const groupOf = ({ kind }: NoteLine): string => (kind in groups ? groups[kind as keyof typeof groups] : '');

/** @param below how deep the heading is that the note stands under. */
export function noteMarkdown(lines: readonly NoteLine[], below: number): string {
  const parts: string[] = [];
  const counts: number[] = [];
  let group = '';
  let code: string[] = [];
  const endCode = () => {
    const most = Math.max(2, ...code.flatMap((one) => [...one.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
    const fence = '`'.repeat(most + 1);
    if (code.length > 0) parts.push('', fence, ...code, fence);
    code = [];
  };
  for (const line of lines) {
    const own = groupOf(line);
    if (own !== 'code') endCode();
    counts.length =
      line.kind === 'number' ? Math.min(counts.length, line.indent + 1) : own === 'list' ? line.indent : 0;
    if (line.kind === 'number') counts[line.indent] = (counts[line.indent] ?? 0) + 1;
    if (own === 'code') code.push(plain(line));
    else if (own !== '' && own === group) parts.push(lineWords(line, counts[line.indent] ?? 1, below));
    else parts.push('', lineWords(line, counts[line.indent] ?? 1, below));
    group = own;
  }
  endCode();
  return `${parts
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n')}\n`;
}
