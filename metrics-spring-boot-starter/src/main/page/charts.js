// Charts over time, drawn by uPlot, with a legend that says the figures under the pointer, or else the newest.
/* global uPlot */
import { clock } from './format.js';
import { figure, h, setAttribute, setFigure, setText } from './dom.js';

const CHART_HEIGHT = 190;

const FONT = '12px system-ui, sans-serif';

// Distances of the lines across a chart: round figures in the unit that the axis is written in.
const DECIMAL_STEPS = Array.from({ length: 30 }, (none, i) => i - 12).flatMap((power) => [1, 2, 2.5, 5].map((digit) =>
    Number(`${digit}e${power}`)));

const BINARY_STEPS = Array.from({ length: 50 }, (none, i) => 2 ** i);

const pointers = uPlot.sync('charts');

const dark = matchMedia('(prefers-color-scheme: dark)');

const colors = new Map();

dark.addEventListener('change', () => colors.clear());

/** The color that a CSS variable is now, as a canvas takes it. */
function themeColor(name) {
    if (!colors.has(name)) {
        const probe = h('span', { hidden: true });
        probe.style.color = `var(${name})`;
        document.body.append(probe);
        colors.set(name, getComputedStyle(probe).color);
        probe.remove();
    }
    return colors.get(name);
}

/** A value between two gaps would be no line at all: it gets a dot. */
function lonely(u, index) {
    const values = u.data[index];
    return values.map((value, i) => i).filter((i) => values[i] != null && values[i - 1] == null && values[i + 1] == null);
}

function chartAxis(more) {
    return { stroke: () => themeColor('--muted'), font: FONT, grid: { stroke: () => themeColor('--line'), width: 1 },
        ticks: { show: false }, ...more };
}

function seriesOf({ color: name, fill, width }) {
    return { stroke: () => themeColor(name), fill: fill ? () => themeColor(fill) : undefined, width: width ?? 1.5,
        points: { show: true, size: 4, fill: () => themeColor(name), filter: lonely } };
}

/**
 * Creates a chart.
 * @param title what it shows
 * @param lines { label, color, fill, width }: colors are names of CSS variables
 */
export function chart(title, lines) {
    const names = lines.map(() => figure());
    const legend = h('dl', { class: 'legend' }, ...lines.map((line, i) => h('div', {},
        h('dt', {}, h('span', { class: `key key${line.color}`, 'aria-hidden': 'true' }), line.label),
        h('dd', {}, names[i]))));
    const when = h('span', { class: 'muted when' });
    const plot = h('div', { class: 'plot', role: 'img' });
    const node = h('section', { class: 'card chart' }, h('header', {}, h('h2', {}, title), when), legend,
        plot);
    let format = String;
    let steps = DECIMAL_STEPS;
    let span = { from: 0, to: 1 };
    let drawn = null;

    function tell(u) {
        const last = u.data[0].length - 1;
        const index = u.cursor.idx ?? last;
        lines.forEach((line, i) => setFigure(names[i], u.data[i + 1][index] ?? null, format(u.data[i + 1][index])));
        setText(when, u.cursor.idx == null || last < 0 ? '' : clock(u.data[0][index] * 1000));
    }

    function create() {
        const u = new uPlot({
            width: plot.clientWidth || 300,
            height: CHART_HEIGHT,
            legend: { show: false },
            cursor: { drag: { x: false, y: false }, y: false, sync: { key: pointers.key },
                points: { size: 6, fill: (self, i) => themeColor(lines[i - 1].color) } },
            scales: { x: { time: true, range: () => [span.from, span.to] },
                y: { range: (self, least, most) => most == null ? [0, 1]
                    : least < 0 ? uPlot.rangeNum(least, most, 0.1, true) : [0, (most * 1.1) || 1] } },
            axes: [chartAxis({ space: 90, size: 30, values: (self, splits) => splits.map((at) => clock(at * 1000)) }),
                chartAxis({ size: 68, space: 36, incrs: () => steps, values: (self, splits) => splits.map((value) => format(value)) })],
            series: [{}, ...lines.map(seriesOf)],
            hooks: { setLegend: [tell], setCursor: [tell] },
        }, [[], ...lines.map(() => [])], plot);
        new ResizeObserver(() => u.setSize({ width: plot.clientWidth, height: CHART_HEIGHT })).observe(plot);
        dark.addEventListener('change', () => u.redraw());
        return u;
    }

    return {
        node,
        /** Draws columns of values over times, both in the order of the lines, from and to in seconds. */
        draw(times, columns, from, to, { formatter, binary, summary }) {
            format = formatter;
            steps = binary ? BINARY_STEPS : DECIMAL_STEPS;
            span = { from, to };
            drawn ??= create();
            drawn.setData([times, ...columns]);
            tell(drawn);
            setAttribute(plot, 'aria-label', `${title}: ${summary}`);
        },
    };
}
