import type { LatencySample } from '@shared/models/health';
import { formatDuration } from '../../components/format-duration';
import { latencyBars, scaleOf } from './latency-bars';
import styles from './latency-chart.module.css';

const width = 260;
const height = 56;
/** About the width of one check in 61: the monitor asks every five seconds. */
const barWidth = 3;

interface LatencyChartProps {
  readonly samples: readonly LatencySample[];
  /** The right edge: the time of the last check. */
  readonly until: string;
}

/** The round trips of the last five minutes as bars; a check without an answer is a red one. */
export function LatencyChart({ samples, until }: LatencyChartProps) {
  const answered = samples.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const lost = samples.length - answered.length;
  const highest = scaleOf(samples);
  const bars = latencyBars(samples, Date.parse(until), highest);
  return (
    <figure className={styles['chart']}>
      <div className={styles['scale']} aria-hidden="true">
        {formatDuration(highest)}
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line className={styles['line']} x1="0" x2={width} y1="0.5" y2="0.5" />
        <line className={styles['line']} x1="0" x2={width} y1={height / 2} y2={height / 2} />
        {bars.map((bar) => {
          const barHeight = Math.max(2, bar.height * (height - 1));
          return (
            <rect
              key={bar.at}
              className={styles[bar.tone]}
              x={bar.x * (width - barWidth)}
              y={height - barHeight}
              width={barWidth}
              height={barHeight}
              rx="1"
            />
          );
        })}
      </svg>
      <div className={styles['axis']} aria-hidden="true">
        <span>5 min ago</span>
        <span>now</span>
      </div>
      <figcaption className={styles['caption']}>
        <span>{rangeText(answered)}</span>
        <span className={lost === 0 ? undefined : styles['missed']}>
          {lost === 0 ? 'all answered' : `${lost} without an answer`}
        </span>
      </figcaption>
    </figure>
  );
}

function rangeText(latencies: readonly number[]): string {
  if (latencies.length === 0) return 'No answer yet';
  const least = formatDuration(Math.min(...latencies));
  const most = formatDuration(Math.max(...latencies));
  return least === most ? least : `${least} to ${most}`;
}
