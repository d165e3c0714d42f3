// The privacy policy tells what leaves this computer in the README's own words.

/**
 * The table of what leaves this computer.
 * @param {string} document README.md or PRIVACY.md
 */
export function tableOfWhatLeaves(document) {
  const table = /\n## What leaves this computer, when[^\n]*\n\n((?:\|[^\n]*\n)+)/.exec(
    document.replace(', and when\n', ', when\n'),
  )?.[1];
  if (table === undefined) throw new Error('There is no table of what leaves this computer.');
  return table;
}

/**
 * The policy with the table of the README.
 * @param {string} readme
 * @param {string} policy
 */
export const withTableOf = (readme, policy) =>
  policy.replace(tableOfWhatLeaves(policy), () => tableOfWhatLeaves(readme));
