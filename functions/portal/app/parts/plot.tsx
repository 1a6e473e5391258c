import { useId } from 'preact/hooks';

const WIDTH = 320;
const HEIGHT = 96;
const BASE = 80;
const GAP = 1;

const NUMBER = new Intl.NumberFormat();

/**
 * Bars over time, small enough to stand side by side. The numbers are there as a table too: for who does not see bars, and for who
 * wants to know exactly.
 */
export function Plot(props: {
  readonly title: string;
  readonly unit?: string;
  /** Begin of each step, RFC 3339. */
  readonly times: readonly string[];
  readonly values: readonly (number | null)[];
  readonly tone?: 'good' | 'warn' | 'bad';
  /** Of the whole period; absent: the values are added up. */
  readonly total?: string;
}) {
  const { title, unit = '', times, values, tone } = props;
  const titleId = useId();
  const known = values.filter((value) => value !== null);
  const highest = Math.max(0, ...known);
  const total = props.total ?? NUMBER.format(known.reduce((sum, value) => sum + value, 0));
  const width = WIDTH / Math.max(1, values.length);
  return (
    <figure class="plot">
      <figcaption>
        <span id={titleId}>{title}</span> <strong>{`${total}${unit}`}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={titleId}>
        <line x1="0" y1={BASE + 0.5} x2={WIDTH} y2={BASE + 0.5} class="axis" />
        {values.map((value, index) => {
          const height = highest === 0 || value === null ? 0 : (value / highest) * (BASE - 12);
          return (
            <rect
              key={times[index]}
              class={`bar ${tone ?? ''}`}
              x={index * width + GAP / 2}
              y={BASE - height}
              width={Math.max(1, width - GAP)}
              height={height}
            />
          );
        })}
        <text x="0" y="9">
          {highest === 0 ? '' : `${NUMBER.format(highest)}${unit}`}
        </text>
        <text x="0" y={HEIGHT - 3}>
          {toClock(times[0])}
        </text>
        <text x={WIDTH} y={HEIGHT - 3} text-anchor="end">
          {toClock(times.at(-1))}
        </text>
      </svg>
      <details>
        <summary>Numbers</summary>
        <div class="wide" tabIndex={0} role="region" aria-label={`${title}, numbers`}>
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">{title}</th>
              </tr>
            </thead>
            <tbody>
              {times.map((time, index) => (
                <tr key={time}>
                  <td>{toClock(time)}</td>
                  <td>
                    {values[index] === null || values[index] === undefined
                      ? '–'
                      : `${NUMBER.format(values[index])}${unit}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

function toClock(time: string | undefined): string {
  return time === undefined ? '' : CLOCK.format(new Date(time));
}
