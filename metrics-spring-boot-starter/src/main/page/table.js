// The table of metrics: its columns, their order, and the rows of one page.
import { bytes, clock, quantity, rate } from './format.js';
import { figure, foreign, h, keyed, setAttribute, setFigure, setText } from './dom.js';
import { held, isLevel } from './levels.js';
import { change, link, metricLink, state } from './state.js';
import { drawSparkline, sparkline } from './sparkline.js';

export const PAGE_SIZE = 50;

const percentile = (key) => (row) => row.window?.percentiles?.[key];

const inUnit = (value, row) => quantity(value, row.unit);

// Figures of the window are known of the rows that are shown only, unless the table is sorted by them.
const COLUMNS = [
    { id: 'name', label: 'Metric', of: (row) => row.name },
    { id: 'type', label: 'Type', of: (row) => row.type },
    { id: 'rate', label: 'Rate', of: (row) => row.window?.rate, text: rate, windowed: true },
    { id: 'p50', label: 'p50', of: percentile('50'), text: inUnit, windowed: true },
    { id: 'p95', label: 'p95', of: percentile('95'), text: inUnit, windowed: true },
    { id: 'p99', label: 'p99', of: percentile('99'), text: inUnit, windowed: true },
    { id: 'max', label: 'Max', of: (row) => row.window?.max, text: inUnit, windowed: true },
    { id: 'last', label: 'Last', of: (row) => row.currentValue, text: inUnit },
    { id: 'trend', label: 'Trend' },
    { id: 'memory', label: 'Memory', of: (row) => row.memoryUsageBytes, text: bytes },
];

const FIGURES = COLUMNS.filter((column) => column.text);

function sortOf() {
    const descending = state().sort.startsWith('-');
    const id = descending ? state().sort.slice(1) : state().sort;
    return { column: COLUMNS.find((column) => column.id === id && column.of) ?? COLUMNS[0], descending };
}

/** Whether the order needs the windows of all metrics. */
export function sortsByWindow() {
    return sortOf().column.windowed === true;
}

const NAMES = new Intl.Collator(undefined, { numeric: true });

function compare(a, b) {
    return typeof a === 'string' ? NAMES.compare(a, b) : a - b;
}

/** The rows that the filter leaves, in order; where there is no figure, last. */
export function arranged(rows) {
    const { column, descending } = sortOf();
    const wanted = state().q.trim().toLowerCase();
    const left = wanted ? rows.filter((row) => row.name.toLowerCase().includes(wanted)
        || row.type.toLowerCase() === wanted) : [...rows];
    return left.sort((a, b) => {
        const [x, y] = [column.of(a), column.of(b)];
        const absent = (x === undefined) - (y === undefined);
        const order = x === undefined || y === undefined ? 0 : compare(x, y) * (descending ? -1 : 1);
        return absent || order || compare(a.name, b.name);
    });
}

function trendOf(row) {
    const { from, to, count, average, highestPercentile } = row.trend;
    const ends = to.map(Date.parse);
    const starts = [Date.parse(from), ...ends.slice(0, -1)];
    // How many of a counter, how much of a level, how slow the slowest of all else.
    const [title, values] = row.type === 'COUNTER' ? ['Rate', count.map((n, i) => n * 1000 / (ends[i] - starts[i]))]
        : isLevel(row.type) ? ['Average', held(average)] : ['99th percentile', highestPercentile];
    return { title, points: values.map((value, i) => ({ at: ends[i], value })), from: starts[0], to: ends.at(-1) };
}

function createRow(row) {
    return h('tr', { role: 'row' },
        h('th', { role: 'rowheader', scope: 'row' }, h('a', { href: metricLink(row.name) }, foreign(row.name))),
        h('td', { role: 'cell', class: 'type' }, row.type.toLowerCase()),
        ...COLUMNS.slice(2).map((column) => h('td', { role: 'cell', class: column.id, 'data-label': column.label },
            column.of ? figure() : sparkline())));
}

function updateRow(node, row) {
    setAttribute(node.querySelector('a'), 'href', metricLink(row.name));
    setText(node.querySelector('.type'), row.type.toLowerCase());
    for (const column of FIGURES) {
        const cell = node.querySelector(`td.${column.id}`).firstChild;
        setFigure(cell, column.of(row), column.text(column.of(row), row));
    }
    if (row.trend) {
        const trend = trendOf(row);
        drawSparkline(node.querySelector('svg'), trend.points, trend.from, trend.to,
            `${trend.title} from ${clock(trend.from)} to ${clock(trend.to)}`);
    }
}

function createHeader(column) {
    const sort = () => {
        const { column: present, descending } = sortOf();
        const figures = column.text !== undefined;
        // Of figures one looks for the largest first.
        const down = present === column ? !descending : figures;
        change({ sort: down ? `-${column.id}` : column.id, page: '1' });
    };
    return h('th', { role: 'columnheader', scope: 'col', class: column.id },
        column.of ? h('button', { type: 'button', onclick: sort }, column.label) : column.label);
}

/** Creates the table; draw(rows, total) shows one page of rows. */
export function metricTable() {
    const headers = COLUMNS.map(createHeader);
    const body = h('tbody', { role: 'rowgroup' });
    const table = h('table', { role: 'table', class: 'metrics' },
        h('caption', { class: 'unseen' }, 'Metrics, each with the figures of the window'),
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...headers)), body);
    const previous = h('a', {}, 'Previous');
    const next = h('a', {}, 'Next');
    const place = h('span', { class: 'muted' });
    const pages = h('nav', { class: 'pages', 'aria-label': 'Pages of the table' }, previous, place, next);

    function turn(anchor, page, last) {
        setAttribute(anchor, 'href', page >= 1 && page <= last ? link({ page: String(page) }) : null);
    }

    return {
        node: h('div', { class: 'scroll' }, table, pages),
        /** The rows of the page that the state names. */
        page(rows) {
            const last = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
            const page = Math.min(last, Math.max(1, Number.parseInt(state().page, 10) || 1));
            turn(previous, page - 1, last);
            turn(next, page + 1, last);
            pages.hidden = last === 1;
            const first = (page - 1) * PAGE_SIZE;
            setText(place, `${first + 1} to ${Math.min(first + PAGE_SIZE, rows.length)} of ${rows.length}`);
            return rows.slice(first, first + PAGE_SIZE);
        },
        draw(rows) {
            const { column, descending } = sortOf();
            COLUMNS.forEach(({ id, of }, i) => setAttribute(headers[i], 'aria-sort',
                !of ? null : id === column.id ? (descending ? 'descending' : 'ascending') : 'none'));
            keyed(body, rows, (row) => row.name, createRow, updateRow);
        },
    };
}
