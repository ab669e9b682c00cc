// Charts over time, drawn by uPlot, with a legend that says the figures under the pointer, or else the newest.
/* global uPlot */
import { clock } from './format.js';
import { figure, h, setAttribute, setFigure, setText, term } from './dom.js';

const CHART_HEIGHT = 190;

// Distances of the lines across a chart: round figures in the unit that the axis is written in.
const DECIMAL_STEPS = Array.from({ length: 30 }, (none, i) => i - 12).flatMap((power) => [1, 2, 2.5, 5].map((digit) =>
    Number(`${digit}e${power}`)));

const BINARY_STEPS = Array.from({ length: 50 }, (none, i) => 2 ** i);

// The charts shown: they share a pointer.
const shared = uPlot.sync('charts');

const colors = new Map();

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colors.clear();
    shared.plots.forEach((u) => u.redraw());
});

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
    return [...values.keys()].filter((i) => values[i] != null && values[i - 1] == null && values[i + 1] == null);
}

function axis(size, space, write, more) {
    return { stroke: () => themeColor('--muted'), font: '12px system-ui, sans-serif', size, space, ticks: { show: false },
        grid: { stroke: () => themeColor('--line'), width: 1 }, values: (u, splits) => splits.map(write), ...more };
}

function seriesOf({ color, fill, width = 1.5 }) {
    return { stroke: () => themeColor(color), fill: fill && (() => themeColor(fill)), width,
        points: { show: true, size: 4, fill: () => themeColor(color), filter: lonely } };
}

/** From 0 to a bit above the highest value, or around all where some are negative. */
function valueRange(u, least, most) {
    return most == null ? [0, 1] : least < 0 ? uPlot.rangeNum(least, most, 0.1, true) : [0, (most * 1.1) || 1];
}

/** What uPlot asks for; what changes from draw to draw is looked up in what is shown. */
function plotOptions(lines, shown, onPoint) {
    return {
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, sync: { key: shared.key },
            points: { size: 6, fill: (u, i) => themeColor(lines[i - 1].color) } },
        scales: { x: { time: true, range: () => [shown.from, shown.to] }, y: { range: valueRange } },
        axes: [axis(30, 90, (at) => clock(at * 1000)),
            axis(68, 36, (value) => shown.format(value), { incrs: () => shown.binary ? BINARY_STEPS : DECIMAL_STEPS })],
        series: [{}, ...lines.map(seriesOf)],
        hooks: { setCursor: [onPoint] },
    };
}

/** Creates a chart of lines { label, color, fill, width }: colors are names of CSS variables. */
export function chart(title, lines) {
    const figures = lines.map(() => figure());
    const legend = h('dl', { class: 'legend' }, lines.map(({ label, color }, i) =>
        term({}, [h('span', { class: `key key${color}`, 'aria-hidden': 'true' }), label], figures[i])));
    const when = h('span', { class: 'muted when' });
    const plot = h('div', { class: 'plot', role: 'img' });
    const shown = {};
    let drawn = null;

    function tell(u) {
        const pointedAt = u.cursor.idx ?? null;
        figures.forEach((node, i) => setFigure(node, u.data[i + 1].at(pointedAt ?? -1), shown.format));
        setText(when, pointedAt === null ? '' : clock(u.data[0][pointedAt] * 1000));
    }

    function create(data) {
        const size = () => ({ width: plot.clientWidth, height: CHART_HEIGHT });
        const u = new uPlot({ ...size(), ...plotOptions(lines, shown, tell) }, data, plot);
        // Out of the page it has no size, and would be held by what it shares.
        new ResizeObserver(() => plot.isConnected ? u.setSize(size()) : u.destroy()).observe(plot);
        return u;
    }

    return {
        node: h('section', { class: 'card chart' }, h('header', {}, h('h2', {}, title), when), legend, plot),
        /** Draws columns of values, in the order of the lines, over times: in seconds, as from and to are. */
        draw(times, columns, { from, to, format, binary, summary }) {
            Object.assign(shown, { from, to, format, binary });
            const data = [times, ...columns];
            drawn ??= create(data);
            drawn.setData(data);
            tell(drawn);
            setAttribute(plot, 'aria-label', `${title}: ${summary}`);
        },
    };
}
