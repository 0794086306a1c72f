import type { LatencySample } from '@shared/models/health';
import { latencyText, slowMs } from './latency';
import styles from './latency-chart.module.css';

const width = 220;
const height = 44;

interface LatencyChartProps {
  readonly samples: readonly LatencySample[];
}

/** The round trips of the last minutes as bars; a check without an answer is a red one. */
export function LatencyChart({ samples }: LatencyChartProps) {
  const answered = samples.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const highest = Math.max(1, ...answered);
  const lost = samples.length - answered.length;
  const step = width / Math.max(samples.length, 30);
  return (
    <figure className={styles['chart']}>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {samples.map(({ at, latencyMs }, index) => {
          const barHeight =
            latencyMs === null ? height : Math.max(2, (latencyMs / highest) * height);
          const tone = latencyMs === null ? 'lost' : latencyMs > slowMs ? 'slow' : 'live';
          return (
            <rect
              key={at}
              className={styles[tone]}
              x={width - (samples.length - index) * step}
              y={height - barHeight}
              width={Math.max(1, step - 1)}
              height={barHeight}
            />
          );
        })}
      </svg>
      <figcaption className={styles['caption']}>
        <span>
          {answered.length === 0
            ? 'No answer yet'
            : `${latencyText(Math.min(...answered))} to ${latencyText(highest)}`}
        </span>
        <span>{lost === 0 ? 'all answered' : `${lost} without an answer`}</span>
      </figcaption>
    </figure>
  );
}
