// Turns the measured runs into bench/results.md. It shows only what was measured.

/** @typedef {{ readonly clickToRingMs: number, readonly acceptToBothMs: number, readonly callToBothMs: number }} Times */
/**
 * @typedef {object} Result
 * @property {string} name
 * @property {readonly string[]} [footnotes]
 * @property {readonly Times[]} runs
 * @property {number} failures
 */
/** @typedef {readonly (string | number)[]} Cells */

/** @type {readonly (readonly [key: keyof Times, title: string])[]} */
const columns = [
  ['clickToRingMs', 'click -> ring'],
  ['acceptToBothMs', 'accept -> first frame on both sides'],
  ['callToBothMs', 'click -> first frame on both sides'],
];

/** @param {readonly number[]} values */
export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** @param {readonly number[]} values */
export const spread = (values) =>
  values.length === 0
    ? 'no run'
    : `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)}-${Math.max(...values).toFixed(0)})`;

/**
 * The median of one column divided by that of another participant, or a dash.
 * @param {readonly Result[]} results
 * @param {Result} one
 * @param {string} name
 * @param {keyof Times} key
 */
function ratio(results, one, name, key) {
  const other = results.find((result) => result.name === name);
  if (!other?.runs.length || !one.runs.length) return '-';
  return (median(one.runs.map((run) => run[key])) / median(other.runs.map((run) => run[key]))).toFixed(2);
}

/**
 * The page as Markdown. `facts`: [[what, value]].
 * @param {{
 *   readonly results: readonly Result[],
 *   readonly facts: readonly Cells[],
 *   readonly referenceName: string,
 *   readonly floorName: string,
 *   readonly rounds: number,
 * }} measured
 */
export function resultsPage({ results, facts, referenceName, floorName, rounds }) {
  const head = [
    'system',
    'n',
    ...columns.map(([, title]) => `${title}, ms`),
    'accept: ratio to simple-peer',
    'accept: ratio to floor',
    'failures',
  ];
  const rows = results.map((one) => [
    one.footnotes?.length ? `${one.name} (see notes)` : one.name,
    one.runs.length,
    ...columns.map(([key]) => spread(one.runs.map((run) => run[key]))),
    ratio(results, one, referenceName, 'acceptToBothMs'),
    ratio(results, one, floorName, 'acceptToBothMs'),
    one.failures,
  ]);
  const notes = results.flatMap(({ name, footnotes = [] }) => footnotes.map((note) => `- ${name}: ${note}`));
  const line = (/** @type {Cells} */ cells) => `| ${cells.join(' | ')} |`;
  return `# Call set-up, measured

Measured by commands of their own: [recovery after faults, and set-up in each kind of network](recovery.md), [a mesh of two to eight](mesh.md),
[files](files.md), [junk from relays](junk.md).

Medians (min-max) of ${rounds} interleaved rounds, every run with fresh pages in contexts of their own. Camera 1280x720 open and
signaling connected before the click; the callee accepts at once; \`iceServers: []\`, so host candidates on one machine only.
"accept" is the callee's yes: in the usual order of simple-peer and PeerJS the offer is already there by then, while a product
that shows no address before the yes sends it only afterwards (the row "offer only after the accept" compares like with like).

${line(head)}
${line(head.map(() => '---'))}
${rows.map(line).join('\n')}
${notes.length > 0 ? `\n${notes.join('\n')}\n` : ''}
| measured on | |
| --- | --- |
${facts.map(line).join('\n')}
`;
}
