// The table of metrics, a page of it at a time.
import { figure, foreign, h, keyed, setAttribute, setFigure, setText, show } from './dom.js';
import { held, isLevel } from './levels.js';
import { change, link, metricLink } from './state.js';
import { COLUMNS, pageOf, sorting } from './columns.js';
import { drawSparkline, sparkline } from './sparkline.js';

const FIGURES = COLUMNS.filter((column) => column.format);

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
        h('td', { role: 'cell', class: 'type' }),
        COLUMNS.slice(2).map((column) => h('td', { role: 'cell', class: column.id, 'data-label': column.label },
            column.of ? figure() : sparkline())));
}

function updateRow(node, row) {
    setAttribute(node.querySelector('a'), 'href', metricLink(row.name));
    setText(node.querySelector('.type'), row.type.toLowerCase());
    FIGURES.forEach(({ id, of, format }) =>
        setFigure(node.querySelector(`td.${id}`).firstChild, of(row), format, row.unit));
    if (row.trend) {
        drawSparkline(node.querySelector('svg'), trendOf(row));
    }
}

function createHeader({ id, label, of, format }) {
    const sort = () => {
        const { column, descending } = sorting();
        // Of figures one looks for the largest first.
        const down = column.id === id ? !descending : format !== undefined;
        change({ sort: down ? `-${id}` : id, page: '1' });
    };
    return h('th', { role: 'columnheader', scope: 'col', class: id },
        of ? h('button', { type: 'button', onclick: sort }, label) : label);
}

function updateHeader(node, { id, of }) {
    const { column, descending } = sorting();
    const order = id !== column.id ? 'none' : descending ? 'descending' : 'ascending';
    setAttribute(node, 'aria-sort', of ? order : null);
}

function pager() {
    const previous = h('a', {}, 'Previous');
    const next = h('a', {}, 'Next');
    const place = h('span', { class: 'muted' });
    const node = h('nav', { class: 'pages', 'aria-label': 'Pages of the table', hidden: true }, previous, place, next);
    return {
        node,
        draw({ page, last, first, rows }, total) {
            setAttribute(previous, 'href', page > 1 ? link({ page: String(page - 1) }) : null);
            setAttribute(next, 'href', page < last ? link({ page: String(page + 1) }) : null);
            setText(place, `${first + 1} to ${first + rows.length} of ${total}`);
            show(node, last > 1);
        },
    };
}

/** Creates the table; draw(rows) shows the page of them that the state names. */
export function metricTable() {
    const headers = COLUMNS.map(createHeader);
    const body = h('tbody', { role: 'rowgroup' });
    const pages = pager();
    return {
        node: h('div', { class: 'scroll' }, h('table', { role: 'table', class: 'metrics' },
            h('caption', { class: 'unseen' }, 'Metrics, each with the figures of the window'),
            h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, headers)), body), pages.node),
        draw(rows) {
            const page = pageOf(rows);
            pages.draw(page, rows.length);
            COLUMNS.forEach((column, i) => updateHeader(headers[i], column));
            keyed(body, page.rows, (row) => row.name, createRow, updateRow);
        },
    };
}
