// The colours of the pages against what they lie on, by the formula of WCAG 2.2: 4.5 : 1 for words, 7 : 1 for whoever asks for more contrast.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/ui/tokens.css', 'utf8');
const [usual = '', more = ''] = css.split('@media (prefers-contrast: more)');

const declared = (part: string): ReadonlyMap<string, string> =>
  new Map([...part.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));

/** The colour of a token, as it is in one scheme. */
function colourOf(name: string, scheme: 'light' | 'dark', tokens: ReadonlyMap<string, string>): string {
  const value = tokens.get(name) ?? '';
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (other) return colourOf(other, scheme, tokens);
  const [, light, dark] = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value) ?? [];
  return (scheme === 'light' ? light : dark) ?? value;
}

function luminance(colour: string): number {
  const [, ...parts] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  expect(parts, colour).toHaveLength(3);
  const [red = 0, green = 0, blue = 0] = parts
    .map((hex) => Number.parseInt(hex, 16) / 255)
    .map((level) => (level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** Words, and what they stand on. */
const pairs = [
  ['--ink', '--paper'],
  ['--ink', '--card-hover'],
  ['--ink', '--accent-soft'],
  ['--ink', '--warning-soft'],
  ['--ink-soft', '--paper'],
  ['--ink-soft', '--card'],
  ['--ink-soft', '--card-hover'],
  ['--accent', '--paper'],
  ['--accent', '--card'],
  ['--accent', '--accent-soft'],
  ['--danger', '--card'],
  ['--danger', '--danger-soft'],
  ['--on-accent', '--accent'],
  ['--on-danger', '--danger'],
  ['--on-toast', '--toast'],
  ['--on-stage', '--stage'],
  ['--on-stage-soft', '--stage-soft'],
  ['--on-stage-accent', '--stage-accent'],
  ['--on-stage-warning', '--stage-warning'],
  ['--stage-white', '--stage-alarm'],
  ['--stage-white', '--stage-button'],
] as const;

describe.each(['light', 'dark'] as const)('colours: %s', (scheme) => {
  test.each(pairs)('%s on %s can be read', (words, ground) => {
    const tokens = declared(usual);
    const strong = new Map([...tokens, ...declared(more)]);
    expect(contrast(colourOf(words, scheme, tokens), colourOf(ground, scheme, tokens))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colourOf(words, scheme, strong), colourOf(ground, scheme, strong))).toBeGreaterThanOrEqual(7);
  });
});
