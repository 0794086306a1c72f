import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { loadSettings } from './api/settings';
import { App } from './app/app';
import { ErrorBoundary } from './app/error-boundary';
import { restoreSidebar } from './app/sidebar';
import { startEditorPreferences } from './features/query/editor/editor-preferences';
import { startResultMemory } from './features/query/result-memory';
import { provideNonceToLibraries } from './theme/csp-nonce';
import { startSizes } from './theme/sizes';
import { startTheme } from './theme/theme-store';
import './theme/tokens.css';
import './theme/base.css';

provideNonceToLibraries();
restoreSidebar();
// The content security policy forbids code made at run time; zod is told not to try.
config({ jitless: true });
startTheme();
startSizes();
startResultMemory();
startEditorPreferences();
// Without main's answer the theme stays as it was at the last start, and all else as it is built in.
loadSettings().catch(() => undefined);

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary name="Postern">
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
