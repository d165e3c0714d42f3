// The buttons of the editor: one tab stop for all, arrow keys go from one to the next.
import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import {
  Bold,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link,
  List,
  ListIndentDecrease,
  ListIndentIncrease,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  Redo2,
  SquareCode,
  TextQuote,
  Undo2,
} from 'lucide-preact';
import type { RefObject } from 'preact';
import type { Command, EditorState } from 'prosemirror-state';
import type { LineKind } from '../../core/room/reading/note-lines.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { currentLook, indentBy, isMarked, linkAt, type MarkName, setKind, toggle } from './note-commands.ts';

export interface ToolbarProps {
  readonly state: ReadonlySignal<EditorState | undefined>;
  readonly element: RefObject<HTMLDivElement>;
  readonly controls: string;
  readonly run: (command: Command, byKeys: boolean) => void;
  readonly onLink: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

interface Tool {
  readonly icon: LucideIcon;
  readonly label: TextKey;
  readonly keys?: string;
  /** Whether what it makes is so; undefined for what is no state. */
  readonly isOn?: (state: EditorState) => boolean;
  /** Shows a side of the page. */
  readonly isSided?: boolean;
  readonly run: Command | 'link' | 'undo' | 'redo';
}

const markTool = (name: MarkName, icon: LucideIcon, label: TextKey, keys: string): Tool => ({
  icon,
  label,
  keys,
  isOn: (state) => isMarked(state, name),
  run: toggle(name),
});
const kindTool = (kind: LineKind, icon: LucideIcon, label: TextKey): Tool => ({
  icon,
  label,
  isOn: (state) => currentLook(state).kind === kind,
  run: setKind(kind),
});

const tools: readonly Tool[] = [
  markTool('bold', Bold, 'roomNoteBold', 'Control+B'),
  markTool('italic', Italic, 'roomNoteItalic', 'Control+I'),
  markTool('code', Code, 'roomNoteCode', 'Control+E'),
  { icon: Link, label: 'roomNoteLink', keys: 'Control+K', isOn: (state) => linkAt(state) !== undefined, run: 'link' },
  kindTool('head-1', Heading1, 'roomNoteHeading1'),
  kindTool('head-2', Heading2, 'roomNoteHeading2'),
  kindTool('head-3', Heading3, 'roomNoteHeading3'),
  kindTool('bullet', List, 'roomNoteBullets'),
  kindTool('number', ListOrdered, 'roomNoteNumbers'),
  kindTool('check', ListTodo, 'roomNoteChecks'),
  { icon: ListIndentIncrease, label: 'roomNoteIn', keys: 'Tab', isSided: true, run: indentBy(1) },
  { icon: ListIndentDecrease, label: 'roomNoteOut', keys: 'Shift+Tab', isSided: true, run: indentBy(-1) },
  kindTool('quote', TextQuote, 'roomNoteQuote'),
  kindTool('code', SquareCode, 'roomNoteCodeLines'),
  { icon: Undo2, label: 'roomNoteUndo', keys: 'Control+Z', run: 'undo' },
  { icon: Redo2, label: 'roomNoteRedo', keys: 'Control+Y', run: 'redo' },
];

function nextPlace(key: string, at: number): number | undefined {
  const isRightToLeft = document.documentElement.dir === 'rtl';
  const step = { ArrowRight: isRightToLeft ? -1 : 1, ArrowLeft: isRightToLeft ? 1 : -1 }[key];
  if (step !== undefined) return (at + step + tools.length) % tools.length;
  return key === 'Home' ? 0 : key === 'End' ? tools.length - 1 : undefined;
}

export function NoteToolbar({ state, element, controls, run, onLink, onUndo, onRedo }: ToolbarProps) {
  const stop = useSignal(0);
  const now = state.value;
  const press = ({ run: what }: Tool, byKeys: boolean) => {
    if (what === 'link') onLink();
    else if (what === 'undo') onUndo();
    else if (what === 'redo') onRedo();
    else run(what, byKeys);
  };
  return (
    <div
      ref={element}
      class="note-tools"
      role="toolbar"
      aria-label={text('roomNoteTools')}
      aria-controls={controls}
      onKeyDown={(event) => {
        const to = nextPlace(event.key, stop.value);
        if (to === undefined) return;
        event.preventDefault();
        stop.value = to;
        element.current?.querySelectorAll('button')[to]?.focus();
      }}
    >
      {tools.map((tool, i) => (
        <IconButton
          key={tool.label}
          icon={tool.icon}
          label={text(tool.label)}
          size={18}
          class={tool.isSided ? 'note-tool note-sided' : 'note-tool'}
          tabIndex={i === stop.value ? 0 : -1}
          {...(tool.isOn ? { 'aria-pressed': now !== undefined && tool.isOn(now) } : {})}
          {...(tool.keys === undefined ? {} : { 'aria-keyshortcuts': tool.keys })}
          onFocus={() => (stop.value = i)}
          // The caret stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={({ detail }) => press(tool, detail === 0)}
        />
      ))}
    </div>
  );
}
