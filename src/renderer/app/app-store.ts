import { create } from 'zustand';
import { useConnections } from '../features/connections/connections-store';
import type { ProfileFormRequest } from '../features/connections/form-request';
import type { Connection, ConnectionProfile } from '@shared/models/connection-profile';

/** What the window shows: the welcome screen or one open connection. */
export type Screen =
  { readonly kind: 'home' } | { readonly kind: 'connection'; readonly connectionId: string };

/** A question whether a connection is to be closed. */
interface CloseRequest {
  readonly connection: Connection;
  /** The profile that is opened again then; null where it is only closed. */
  readonly reopens: ConnectionProfile | null;
}

interface AppState {
  readonly screen: Screen;
  readonly form: ProfileFormRequest | null;
  /** Whether something was typed in the form that is not saved. */
  readonly isFormDirty: boolean;
  /** The profile whose password is asked for. */
  readonly passwordPrompt: ConnectionProfile | null;
  /** The connection that is to be closed although something would be lost. */
  readonly closeRequest: CloseRequest | null;
  /** Whether the window is to be closed although something would be lost. */
  readonly asksToLeave: boolean;
  readonly sidebarOpen: boolean;
}

/** The state of the window itself. */
export const useApp = create<AppState>(() => ({
  screen: { kind: 'home' },
  form: null,
  isFormDirty: false,
  passwordPrompt: null,
  closeRequest: null,
  asksToLeave: false,
  sidebarOpen: true,
}));

/** Opens a form. One that is open already stays: what was typed in it is not saved. */
export function openForm(request: ProfileFormRequest): void {
  if (useApp.getState().form === null) useApp.setState({ form: request });
}

/** Shows the welcome screen; open connections stay open. */
export function goHome(): void {
  useApp.setState({ screen: { kind: 'home' } });
}

/** Shows an open connection. */
export function showConnection(connectionId: string): void {
  useApp.setState({ screen: { kind: 'connection', connectionId } });
}

/** The connection that is shown; null on the welcome screen. */
export function currentConnection(): Connection | null {
  const { screen } = useApp.getState();
  if (screen.kind !== 'connection') return null;
  const { connections } = useConnections.getState();
  return connections.find(({ connectionId }) => connectionId === screen.connectionId) ?? null;
}
