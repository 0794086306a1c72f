import type { ConnectionSource } from '@shared/ipc/contract';
import type { EnvironmentConnection, ParsedConnection } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { Database, Plus, SquareTerminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { PendingTry } from '../../components/pending-try';
import { ProgressBar } from '../../components/progress-bar';
import { BrandMark } from './brand-mark';
import { ConnectionTextField } from './connection-text-field';
import { StartNotices } from './start-notices';
import { loadEnvironment, useWelcome } from './welcome-store';
import styles from './welcome-screen.module.css';

/** Where opening something stands; undefined when nobody asked. */
export type OpeningState =
  | { readonly status: 'opening' }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData }
  | undefined;

interface WelcomeScreenProps {
  readonly sample: OpeningState;
  readonly environmentState: (source: EnvironmentConnection['source']) => OpeningState;
  readonly onOpenSample: () => void;
  readonly onOpenEnvironment: (environment: EnvironmentConnection) => void;
  readonly onNewConnection: () => void;
  readonly onParsed: (parsed: ParsedConnection) => void;
  readonly onCancelOpening: (source: ConnectionSource) => void;
  readonly onCheckKeychain: () => void;
  /** The saved connections. */
  readonly children: ReactNode;
}

/** The first screen: ways to begin on the left, saved connections on the right. */
export function WelcomeScreen(props: WelcomeScreenProps) {
  const { appInfo } = useWelcome();
  return (
    <main className={styles['screen']}>
      <section className={styles['start']} aria-label="Start">
        <div className={styles['column']}>
          <BrandMark className={styles['mark']} />
          <h1 className={styles['title']}>Postern</h1>
          <p className={styles['line']}>A fast, exact and careful PostgreSQL client.</p>
          <div className={styles['primary']}>
            <SampleButton
              state={props.sample}
              onOpen={props.onOpenSample}
              onCancel={() => props.onCancelOpening({ kind: 'sample' })}
            />
            <Button size="large" block icon={<Plus />} onClick={props.onNewConnection}>
              New connection
            </Button>
          </div>
          <div className={styles['divider']}>or</div>
          <ConnectionTextField onParsed={props.onParsed} />
          <EnvironmentList
            state={props.environmentState}
            onOpen={props.onOpenEnvironment}
            onCancel={(source) => props.onCancelOpening({ kind: 'environment', source })}
          />
        </div>
        {appInfo && <p className={styles['version']}>Version {appInfo.version}</p>}
      </section>
      <div className={styles['main']}>
        <div className={styles['content']}>
          {appInfo && <StartNotices appInfo={appInfo} onCheckAgain={props.onCheckKeychain} />}
          {props.children}
        </div>
      </div>
    </main>
  );
}

interface SampleButtonProps {
  readonly state: OpeningState;
  readonly onOpen: () => void;
  readonly onCancel: () => void;
}

function SampleButton({ state, onOpen, onCancel }: SampleButtonProps) {
  const progress = useWelcome((welcome) => welcome.sampleProgress);
  if (state?.status === 'opening') {
    const fraction = progress?.fraction ?? 0;
    return (
      <output className={styles['progress']}>
        <div className={styles['progressText']}>
          <span>{progress?.message ?? 'Preparing the sample database…'}</span>
          <span className={styles['percent']}>{Math.round(fraction * 100)} %</span>
        </div>
        <ProgressBar fraction={fraction} label="Starting the sample database" />
        <Button variant="link" className={styles['cancel']} onClick={onCancel}>
          Cancel
        </Button>
      </output>
    );
  }
  return (
    <>
      <Button variant="primary" size="large" block icon={<Database />} onClick={onOpen}>
        Open the sample database
      </Button>
      {state?.status === 'failed' && (
        <ErrorNotice
          error={state.error}
          actions={
            <Button variant="link" onClick={onOpen}>
              Try again
            </Button>
          }
        />
      )}
    </>
  );
}

interface EnvironmentListProps {
  readonly state: WelcomeScreenProps['environmentState'];
  readonly onOpen: (environment: EnvironmentConnection) => void;
  readonly onCancel: (source: EnvironmentConnection['source']) => void;
}

function EnvironmentList({ state, onOpen, onCancel }: EnvironmentListProps) {
  const { environment, environmentError } = useWelcome();
  if (environmentError !== null) {
    return (
      <div className={styles['group']}>
        <ErrorNotice
          error={environmentError}
          actions={
            <Button variant="link" onClick={() => void loadEnvironment()}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  if (environment.length === 0) return null;
  return (
    <section className={styles['group']} aria-labelledby="environment-heading">
      <h2 id="environment-heading" className={styles['groupTitle']}>
        Found in the environment
      </h2>
      {environment.map((found) => {
        const opening = state(found.source);
        return (
          <div key={found.source}>
            <button
              type="button"
              className={styles['environment']}
              disabled={opening?.status === 'opening'}
              onClick={() => onOpen(found)}
            >
              <SquareTerminal aria-hidden="true" />
              <span>
                <span className={styles['environmentName']}>{found.label}</span>
                <span className={styles['environmentAddress']}>
                  {printable(`${found.user}@${found.host}:${found.port}/${found.database}`)}
                </span>
              </span>
            </button>
            {opening?.status === 'opening' && (
              <PendingTry
                doing="Connecting…"
                cancelLabel={`Cancel connecting to ${found.label}`}
                onCancel={() => onCancel(found.source)}
              />
            )}
            {opening?.status === 'failed' && (
              <ErrorNotice className={styles['failure']} error={opening.error} />
            )}
          </div>
        );
      })}
    </section>
  );
}
