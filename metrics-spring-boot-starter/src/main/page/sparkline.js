// A line as small as a word, for a row of the table.
import { h, setAttribute } from './dom.js';

const SPARK_WIDTH = 100;

const SPARK_HEIGHT = 24;

const SPARK_MARGIN = 2;

export function sparkline() {
    return h('svg', { class: 'spark', viewBox: `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`, preserveAspectRatio: 'none', role: 'img' },
        h('path', { class: 'spark-line', 'vector-effect': 'non-scaling-stroke' }));
}

/** Draws points { at, value } from start to end; a value that is absent is a gap. */
export function drawSparkline(svg, points, from, to, label) {
    const known = points.map((point) => point.value).filter((value) => value !== null);
    const least = Math.min(...known);
    const range = Math.max(...known) - least;
    const x = (at) => ((at - from) / (to - from)) * SPARK_WIDTH;
    const y = (value) => range === 0 ? SPARK_HEIGHT / 2
        : SPARK_HEIGHT - SPARK_MARGIN - ((value - least) / range) * (SPARK_HEIGHT - 2 * SPARK_MARGIN);
    let path = '';
    let drawing = false;
    for (const { at, value } of points) {
        if (value === null) {
            drawing = false;
        } else {
            const place = `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
            path += drawing ? `L${place}` : `M${place}h0.1`;
            drawing = true;
        }
    }
    setAttribute(svg.firstElementChild, 'd', path);
    setAttribute(svg, 'aria-label', label);
}
