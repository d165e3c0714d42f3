// What a screen reader says of a page, as the browser's accessibility tree has it, and what is wrong with that: controls without a name,
// words said twice, states said twice, live regions in each other or with a control inside.
import type { CDPSession, Page } from 'puppeteer-core';

interface AxValue {
  readonly value?: unknown;
}

/** A node as the browser tells it. */
export interface AxNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly childIds?: readonly string[];
  readonly ignored: boolean;
  readonly role?: AxValue;
  readonly name?: AxValue;
  readonly description?: AxValue;
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[];
}

const controls = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'listbox',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
  'PopUpButton',
  'DisclosureTriangle',
]);
const named = new Set([...controls, 'dialog', 'alertdialog', 'image', 'img', 'region', 'progressbar', 'meter']);
/** What the browser itself puts into a field for a time or a day. */
const ownParts = /^(?:Input|Date)?(?:Time|Date)/;
const stateWords = /\b(pressed|selected|checked|expanded|collapsed)\b/i;

const words = (value: AxValue | undefined): string =>
  String(value?.value ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const property = ({ properties = [] }: AxNode, name: string): unknown =>
  properties.find((one) => one.name === name)?.value.value;

/** "Call Bob Call Bob": the same words two times over. */
const isDoubled = (name: string): boolean => {
  const all = name.toLowerCase().split(/[\s,.:;·]+/);
  const half = all.length / 2;
  return all.length > 2 && Number.isInteger(half) && all.slice(0, half).join(' ') === all.slice(half).join(' ');
};

/** What is wrong with what is said. */
export function spokenFaults(nodes: readonly AxNode[]): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const above = (node: AxNode): readonly AxNode[] => {
    const up = node.parentId === undefined ? undefined : byId.get(node.parentId);
    return up ? [...(up.ignored ? [] : [up]), ...above(up)] : [];
  };
  const roleOf = (node: AxNode) => words(node.role);
  const said = nodes.filter((node) => !node.ignored && !above(node).some((one) => ownParts.test(roleOf(one))));
  const textUnder = (node: AxNode): string =>
    roleOf(node) === 'StaticText'
      ? words(node.name)
      : (node.childIds ?? [])
          .map((id) => textUnder(byId.get(id) ?? { nodeId: id, ignored: true }))
          .join(' ')
          .trim();
  const isLive = (node: AxNode) => ['polite', 'assertive'].includes(String(property(node, 'live') ?? ''));
  const faults: string[] = [];
  const regions: string[] = [];
  for (const node of said) {
    const [role, name, description] = [roleOf(node), words(node.name), words(node.description)];
    const what = `${role} "${name.slice(0, 80)}"`;
    if (named.has(role) && name === '') faults.push(`${role} has no name`);
    if (named.has(role) && isDoubled(name)) faults.push(`${what} says its name twice`);
    if (name !== '' && name === description) faults.push(`${what} is described by its name`);
    if (controls.has(role) && stateWords.test(name)) faults.push(`${what} says its state in its name`);
    if (controls.has(role) && above(node).some((one) => controls.has(roleOf(one)) && !isListOf(roleOf(one), role)))
      faults.push(`${what} is inside another control`);
    if (role === 'image' && name !== '') {
      const beside = above(node)[0];
      if (beside && words(beside.name) !== name && textUnder(beside).includes(name))
        faults.push(`${what} says what is written beside it`);
    }
    if (isLive(node) && property(node, 'root') === undefined) {
      if (above(node).some((one) => isLive(one))) continue;
      const inside = nodes.filter((one) => !one.ignored && above(one).some(({ nodeId }) => nodeId === node.nodeId));
      if (inside.some((one) => ['status', 'alert', 'log'].includes(roleOf(one))))
        faults.push(`${role} has a live region inside, so its words are said twice`);
      if (inside.some((one) => roleOf(one) === 'timer')) faults.push(`${role} says each second`);
      const text = textUnder(node);
      if (text !== '') regions.push(text);
    }
  }
  for (const [at, text] of regions.entries())
    if (regions.indexOf(text) !== at) faults.push(`two live regions say "${text.slice(0, 80)}"`);
  const beside = new Map<string, number>();
  for (const node of said) {
    const [role, name] = [roleOf(node), words(node.name)];
    if (role !== 'button' && role !== 'link') continue;
    const group = above(node).find((one) =>
      ['listitem', 'article', 'group', 'region', 'dialog', 'form', 'row'].includes(roleOf(one)),
    );
    const key = `${role} "${name}" is there twice in ${group ? `${roleOf(group)} "${words(group.name)}"` : 'the page'}${group ? `\u0000${group.nodeId}` : ''}`;
    beside.set(key, (beside.get(key) ?? 0) + 1);
  }
  for (const [key, count] of beside) if (count > 1) faults.push(key.split('\u0000')[0] ?? key);
  return faults;
}

const isListOf = (outer: string, inner: string): boolean =>
  ['listbox', 'combobox', 'PopUpButton', 'tab'].includes(outer) &&
  ['option', 'menuitem', 'listbox', 'textbox'].includes(inner);

/** The whole tree of a page. */
export async function spokenPage(page: Page): Promise<readonly AxNode[]> {
  const session: CDPSession = await page.createCDPSession();
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes as unknown as readonly AxNode[];
  } finally {
    await session.detach();
  }
}
