// A metric over time: how many values, and how they are spread.
import { isBytes, quantity, rate } from './format.js';
import { h } from './dom.js';
import { chart } from './charts.js';
import { held, isLevel } from './levels.js';
import { windowFigures } from './windows.js';

const SPREAD = windowFigures('max', 'p99', 'p95', 'p50');

/** Creates the charts; draw() takes the points with the answer about the window as a whole. */
export function timeline() {
    const rates = chart('Rate', [{ label: 'values per second', color: '--rate', fill: '--rate-fill' }]);
    const spread = chart('Distribution', SPREAD.map(({ id }) => ({ label: id, color: `--${id}`,
        width: id === 'max' ? 1 : undefined })));
    return {
        node: h('div', { class: 'charts' }, rates.node, spread.node),
        draw({ points, window, type, unit }) {
            const starts = points.map((point) => Date.parse(point.from));
            const ends = points.map((point) => Date.parse(point.to));
            const times = points.map((point, i) => (starts[i] + ends[i]) / 2000);
            const [from, to] = [starts[0] / 1000, ends.at(-1) / 1000];
            const inUnit = (value) => quantity(value, unit);
            const lines = SPREAD.map(({ of }) => points.map((point) => of(point) ?? null));
            rates.draw(times, [points.map(({ count }, i) => count * 1000 / (ends[i] - starts[i]))],
                { from, to, format: rate, summary: `${rate(window.rate)} over the window` });
            spread.draw(times, isLevel(type) ? lines.map(held) : lines, { from, to, format: inUnit, binary: isBytes(unit),
                summary: `median ${inUnit(window.percentiles['50'])}, highest ${inUnit(window.max)}` });
        },
    };
}
