// Keyboard shortcuts that work in any window of the browser.
import browser from 'webextension-polyfill';

export interface CommandChoices {
  answer(): void;
  end(): void;
  callLast(): void;
}

/** Listens for shortcuts. Call in the first tick. */
export function listenForCommands(choices: CommandChoices): void {
  const actions: Readonly<Record<string, () => void>> = {
    'answer-call': choices.answer,
    'end-call': choices.end,
    'call-last-contact': choices.callLast,
  };
  browser.commands.onCommand.addListener((command) => actions[command]?.());
}
