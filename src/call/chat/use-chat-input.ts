// Ways into the chat from anywhere on the call: the key C, files that are dropped, pictures that are pasted.
import { useEffect, useState } from 'preact/hooks';
import { isElsewhere, writesLatin } from '../controls/shortcuts.ts';
import { bindKeys } from '../kit/bind-keys.ts';
import type { Chat } from './chat-context.ts';

/** C opens and closes, by its place on keyboards that write no Latin letters. */
export function useChatKey({ model, actions }: Chat): void {
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      // Or the letter would be the first that is written.
      event.preventDefault();
      actions.open(!model.isOpen.value);
    };
    return bindKeys(window, {
      c: toggle,
      KeyC: (event) => {
        if (!writesLatin(event)) toggle(event);
      },
    });
  }, [model, actions]);
}

/** Pictures on the clipboard wait in the composer; other files are offered at once, as if they were dropped. */
export function usePaste({ actions }: Chat): void {
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const clipboard = event.clipboardData;
      // Office programs add a picture of the text that they copy: the text is meant.
      if (!clipboard || clipboard.files.length === 0 || clipboard.getData('text/plain') !== '') return;
      event.preventDefault();
      const files = [...clipboard.files];
      const pictures = files.filter(({ type }) => type.startsWith('image/'));
      if (pictures.length > 0) actions.paste(pictures);
      const others = files.filter((file) => !pictures.includes(file));
      if (others.length > 0) actions.sendFiles(others);
    };
    window.addEventListener('paste', pasted);
    return () => window.removeEventListener('paste', pasted);
  }, [actions]);
}

/** Files that are dropped anywhere are offered. @returns whether some are held over the page. */
export function useDrop({ actions }: Chat): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth += 1;
        setOver(true);
      },
      dragleave: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setOver(false);
      },
      dragover: (event: DragEvent) => {
        if (!hasFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      drop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
        const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory ?? false;
        const folder = items.find(isFolder)?.getAsFile();
        const files = items.flatMap((item) => (isFolder(item) ? [] : (item.getAsFile() ?? [])));
        actions.notify(folder ? { kind: 'no-folders', name: folder.name } : undefined);
        if (files.length > 0) actions.sendFiles(files);
        actions.open(true);
      },
    } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener);
    };
  }, [actions]);
  return isOver;
}
