import { CircleAlert, CircleCheck, CircleSlash, FolderOpen, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatCount } from '../../components/format-count';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { ErrorNotice, Notice } from '../../components/notice';
import { printable } from '../../components/printable';
import { Spinner } from '../../components/spinner';
import { cancelExport, showInFolder, watchExports } from './export-jobs';
import { dismissJob, type ExportJob, useExports } from './export-store';
import { byteText, durationText } from './progress-text';
import styles from './export-panel.module.css';

/** Milliseconds between two updates of the time that an export takes. */
const tickMs = 500;

/** The exports of this window: how far they are, what they came to, and what can be done about them. */
export function ExportPanel() {
  const jobs = useExports((state) => state.jobs);
  useEffect(() => watchExports(), []);
  if (jobs.length === 0) return null;
  return (
    <section className={styles['panel']} aria-label="Exports">
      {jobs.map((job) => (
        <Job key={job.exportId} job={job} />
      ))}
    </section>
  );
}

function Job({ job }: { readonly job: ExportJob }) {
  const { exportId, fileId, state } = job;
  return (
    <article className={styles['job']} aria-label={`Export to ${printable(job.name)}`}>
      <header className={styles['header']}>
        <StateIcon job={job} />
        <span className={styles['name']} title={printable(job.name)}>
          {printable(job.name)}
        </span>
        {state.status === 'running' ? (
          <Button
            size="small"
            busy={state.isCancelling}
            onClick={() => void cancelExport(exportId)}
          >
            Cancel
          </Button>
        ) : (
          <>
            {state.status === 'done' && (
              <Button size="small" icon={<FolderOpen />} onClick={() => void showInFolder(fileId)}>
                Show in folder
              </Button>
            )}
            <IconButton label="Dismiss" icon={<X />} onClick={() => dismissJob(exportId)} />
          </>
        )}
      </header>
      <p
        className={styles['facts']}
        // While it runs the numbers change too often to be read out.
        {...(state.status !== 'running' && { role: 'status' })}
      >
        <Facts job={job} />
      </p>
      {state.status === 'failed' && <ErrorNotice error={state.error} />}
      {state.status === 'done' &&
        state.summary.notices.map(({ severity, message, hint }) => (
          <Notice key={message} tone={severity === 'WARNING' ? 'warning' : 'info'} title={message}>
            {hint}
          </Notice>
        ))}
    </article>
  );
}

function StateIcon({ job: { state } }: { readonly job: ExportJob }) {
  switch (state.status) {
    case 'running':
      return <Spinner />;
    case 'done':
      return <CircleCheck className={styles['done']} aria-hidden="true" />;
    case 'cancelled':
      return <CircleSlash aria-hidden="true" />;
    case 'failed':
      return <CircleAlert className={styles['failed']} aria-hidden="true" />;
  }
}

function Facts({ job }: { readonly job: ExportJob }) {
  const { rows, bytes, startedAt, state } = job;
  const now = useNow(state.status === 'running');
  switch (state.status) {
    case 'running':
      return (
        <>
          {formatCount(rows, 'row')} · {byteText(bytes)} · {durationText(now - startedAt)}
        </>
      );
    case 'done':
      return (
        <>
          {formatCount(rows, 'row')} · {byteText(bytes)} · {durationText(state.summary.durationMs)}
        </>
      );
    case 'cancelled':
      return <>Cancelled: no file was written.</>;
    case 'failed':
      return <>No file was written.</>;
  }
}

/** performance.now(), again and again while it is needed. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
