import { useEffect } from 'react';
import { Toaster } from '../components/toaster';
import { TooltipProvider } from '../components/tooltip';
import { sourceKey } from '../features/connections/connection-source';
import {
  cancelOpening,
  loadProfiles,
  useConnections,
  watchConnections,
} from '../features/connections/connections-store';
import { ProfileList } from '../features/connections/profile-list';
import { keepCatalogs } from '../features/schema-browser/catalog-store';
import { WelcomeScreen } from '../features/welcome/welcome-screen';
import {
  loadAppInfo,
  loadEnvironment,
  watchSampleProgress,
} from '../features/welcome/welcome-store';
import {
  checkKeychain,
  duplicateProfile,
  editProfile,
  newConnection,
  newFromParsed,
  openEnvironment,
  openProfile,
  openSample,
} from './actions';
import { useApp } from './app-store';
import { watchCatalogChanges, watchCatalogReads, watchReconnects } from './catalog-watch';
import { Dialogs } from './dialogs';
import { ErrorBoundary } from './error-boundary';
import { HistoryHost } from './history-host';
import { QuickOpenHost } from './quick-open-host';
import { watchOverdueReviews } from './review-reminders';
import { SavedQueriesHost } from './saved-queries-host';
import { watchTableTabs } from './table-tabs';
import { TitleBar } from './title-bar';
import { useCommands } from './use-commands';
import { useLeaveGuard } from './use-leave-guard';
import { Workbench } from './workbench';
import styles from './app.module.css';

/** The window: title bar, the screen in front, dialogs and toasts. */
export function App() {
  useCommands();
  useBackgroundData();
  useLeaveGuard();
  const screen = useApp((state) => state.screen);
  const connections = useConnections((state) => state.connections);
  const current =
    screen.kind === 'connection'
      ? (connections.find(({ connectionId }) => connectionId === screen.connectionId) ?? null)
      : null;
  return (
    <TooltipProvider>
      <div className={styles['app']}>
        <TitleBar connections={connections} current={current} />
        {current ? (
          <Workbench key={current.connectionId} connection={current} />
        ) : (
          <div className={styles['home']}>
            <ErrorBoundary name="The start screen">
              <Home />
            </ErrorBoundary>
          </div>
        )}
      </div>
      <Dialogs />
      <QuickOpenHost current={current} />
      <HistoryHost current={current} />
      <SavedQueriesHost current={current} />
      <Toaster />
    </TooltipProvider>
  );
}

function Home() {
  const attempts = useConnections((state) => state.attempts);
  return (
    <WelcomeScreen
      sample={attempts[sourceKey({ kind: 'sample' })]}
      environmentState={(source) => attempts[sourceKey({ kind: 'environment', source })]}
      onOpenSample={() => void openSample()}
      onOpenEnvironment={(environment) => void openEnvironment(environment)}
      onNewConnection={newConnection}
      onParsed={newFromParsed}
      onCancelOpening={(source) => cancelOpening(sourceKey(source))}
      onCheckKeychain={() => void checkKeychain()}
    >
      <ProfileList
        onCreate={newConnection}
        onOpen={(profile) => void openProfile(profile)}
        onEdit={editProfile}
        onDuplicate={(profile) => void duplicateProfile(profile)}
      />
    </WelcomeScreen>
  );
}

/** Reads what the window shows and follows what main says of it. */
function useBackgroundData(): void {
  useEffect(() => {
    void loadProfiles();
    void loadEnvironment();
    // Without it the screen lacks the version and the keychain's advice, nothing else.
    void loadAppInfo().catch(() => undefined);
    const stops = [
      watchConnections(),
      watchSampleProgress(),
      watchCatalogChanges(),
      watchCatalogReads(),
      watchReconnects(),
      watchOverdueReviews(),
      watchTableTabs(),
      useConnections.subscribe(({ connections }, previous) => {
        if (connections !== previous.connections) {
          keepCatalogs(connections.map(({ connectionId }) => connectionId));
        }
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
}
