// A line as small as a word, for a row of the table.
import { clock } from './format.js';
import { h, setAttribute } from './dom.js';

const SPARK_WIDTH = 100;
const SPARK_HEIGHT = 24;
const SPARK_MARGIN = 2;

export function sparkline() {
    return h('svg', { class: 'spark', viewBox: `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`, preserveAspectRatio: 'none', role: 'img' },
        h('path', { class: 'spark-line', 'vector-effect': 'non-scaling-stroke' }));
}

/** Draws points { at, value }; a value that is absent is a gap. */
export function drawSparkline(svg, { title, points, from, to }) {
    const known = points.map((point) => point.value).filter((value) => value !== null);
    const least = Math.min(...known);
    const range = Math.max(...known) - least;
    const x = (at) => ((at - from) / (to - from)) * SPARK_WIDTH;
    const y = (value) => range === 0 ? SPARK_HEIGHT / 2
        : SPARK_HEIGHT - SPARK_MARGIN - ((value - least) / range) * (SPARK_HEIGHT - 2 * SPARK_MARGIN);
    const place = ({ at, value }) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    const path = points.map((point, i) => point.value === null ? ''
        : points[i - 1]?.value == null ? `M${place(point)}h0.1` : `L${place(point)}`).join('');
    setAttribute(svg.firstElementChild, 'd', path);
    setAttribute(svg, 'aria-label', `${title} from ${clock(from)} to ${clock(to)}`);
}
