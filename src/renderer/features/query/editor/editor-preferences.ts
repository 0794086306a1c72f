import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import { indentUnit } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Settings } from '@shared/models/settings';
import { useSettings } from '../../../api/settings';
import { dispatchToAll } from './editor-states';

const layout = new Compartment();
const completing = new Compartment();

/** What of an editor follows the settings, with a source of completions. */
export function editorPreferences(source: CompletionSource): Extension {
  const settings = useSettings.getState();
  return [
    layout.of(layoutOf(settings)),
    autocompletion({
      override: [source],
      icons: false,
      maxRenderedOptions: 100,
      activateOnTypingDelay: 80,
    }),
    completing.of(completingOf(settings)),
  ];
}

/** Brings the texts of all tabs in line with the settings after each change of them. */
export function startEditorPreferences(): void {
  useSettings.subscribe((settings) =>
    dispatchToAll([
      layout.reconfigure(layoutOf(settings)),
      completing.reconfigure(completingOf(settings)),
    ]),
  );
}

function layoutOf({ tabSize, wordWrap }: Settings): Extension {
  return [
    EditorState.tabSize.of(tabSize),
    indentUnit.of(' '.repeat(tabSize)),
    wordWrap ? EditorView.lineWrapping : [],
  ];
}

/** Completions that a key asks for come all the same. */
const completingOf = ({ autocompletion: isOn }: Settings): Extension =>
  isOn ? [] : autocompletion({ activateOnTyping: false });
