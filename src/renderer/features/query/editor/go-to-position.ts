import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { showToast } from '../../../components/toast-store';
import { viewOf } from './editor-states';
import { currentPosition } from './run-marks';

/** Scrolls a position of the submitted text into view and puts the cursor there. */
export function goToPosition(tabId: string, submitted: number): void {
  const view = viewOf(tabId);
  if (view === null) return;
  const position = currentPosition(view.state, submitted);
  if (position === null) {
    showToast({ tone: 'neutral', message: 'The text at this position was deleted.' });
    return;
  }
  view.dispatch({
    selection: EditorSelection.cursor(position),
    effects: EditorView.scrollIntoView(position, { y: 'center' }),
  });
  view.focus();
}
