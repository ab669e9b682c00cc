// All metrics: totals, alerts, and the table.
import { ask } from './api.js';
import { seconds } from './format.js';
import { h, setText, show } from './dom.js';
import { change, state } from './state.js';
import { alertList } from './alerts.js';
import { arranged, metricTable, PAGE_SIZE, sortsByWindow } from './table.js';
import { confirmReset } from './manage.js';
import { systemTiles } from './system.js';
import { windowPicker } from './picker.js';

const TREND_POINTS = 30;

// Servers take a request line of 4 kB and more: what does not fit has its turn at the next refresh.
const MAX_NAMES_LENGTH = 3000;

// With more metrics than fit on a page, those not shown are looked at less often.
const ALL_EVERY_MS = 5000;

// The endpoint refuses to look at more at once: then only what has been shown has an order.
const MOST_WINDOWS = 1000;

const DEFAULT_RETENTION = 300;

function windowQuestion() {
    return [['window', state().window], ['percentile', '50'], ['percentile', '95'], ['percentile', '99']];
}

function trendStepMs() {
    return Math.max(100, Math.ceil(seconds(state().window) * 1000 / TREND_POINTS));
}

/** As many of the rows as fit into one request, beginning with those that have waited longest. */
function fitting(rows) {
    const names = [];
    let length = 0;
    for (const row of [...rows].sort((a, b) => a.askedAt - b.askedAt)) {
        length += encodeURIComponent(row.name).length + '&name='.length;
        if (length > MAX_NAMES_LENGTH && names.length > 0) {
            break;
        }
        names.push(row.name);
    }
    return names;
}

export function overview({ refreshSoon }) {
    const tiles = systemTiles();
    const alerts = alertList();
    const picker = windowPicker();
    const table = metricTable();
    const filter = h('input', { type: 'search', id: 'filter', placeholder: 'Filter by name or type',
        'aria-label': 'Filter metrics', autocomplete: 'off', spellcheck: 'false' });
    filter.value = state().q;
    filter.addEventListener('input', () => change({ q: filter.value, page: '1' }));
    const resetAll = h('button', { type: 'button', class: 'danger', hidden: true, onclick: askReset }, 'Reset all');
    const empty = h('p', { class: 'card empty', hidden: true });
    const node = h('div', {}, h('h1', { class: 'unseen' }, 'Metrics'), tiles.node, alerts.node,
        h('section', { 'aria-label': 'Metrics' },
            h('div', { class: 'toolbar' }, h('h2', {}, 'Metrics'), filter, picker.node, resetAll), empty, table.node));
    let rows = new Map();
    let allAt = -Infinity;
    let trendsAt = -Infinity;
    let loaded = false;
    let askedWindow = '';

    async function askReset() {
        if (await confirmReset(null)) {
            refreshSoon();
        }
    }

    function shownRows() {
        return table.page(arranged([...rows.values()]));
    }

    function isDueForAll() {
        return rows.size <= PAGE_SIZE || shownRows().length === 0 || performance.now() - allAt >= ALL_EVERY_MS;
    }

    /** A trend gains a point with each step: until then the one that is drawn will do. */
    function trendQuestion(shown) {
        const now = performance.now();
        if (now - trendsAt < trendStepMs() && shown.every((row) => row.trend !== undefined)) {
            return [];
        }
        trendsAt = now;
        return [['step', `${trendStepMs()}ms`]];
    }

    async function refreshAll() {
        const { window } = state();
        const few = rows.size > 0 && rows.size <= PAGE_SIZE;
        const windows = few || (sortsByWindow() && rows.size > 0 && rows.size <= MOST_WINDOWS);
        const parameters = [...(windows ? windowQuestion() : []), ...(few ? trendQuestion([...rows.values()]) : [])];
        const answer = await ask(null, '', parameters);
        if (window !== state().window) {
            return;
        }
        const before = rows;
        rows = new Map(Object.entries(answer.metrics).map(([name, row]) => [name, { askedAt: 0,
            window: before.get(name)?.window, trend: before.get(name)?.trend, ...row }]));
        loaded = true;
        allAt = before.size === 0 && sortsByWindow() ? -Infinity : performance.now();
        drawTop(answer);
    }

    async function refreshShown(shown) {
        const { window } = state();
        const names = fitting(shown);
        let answer;
        try {
            answer = await ask(null, '', [...names.map((name) => ['name', name]), ...windowQuestion(),
                ...trendQuestion(shown)]);
        } catch (problem) {
            if (problem.kind !== 'missing') {
                throw problem;
            }
            allAt = -Infinity; // one of them was unregistered meanwhile
            return;
        }
        if (window !== state().window) {
            return;
        }
        const at = performance.now();
        names.forEach((name) => rows.set(name, { trend: rows.get(name)?.trend, ...answer.metrics[name], askedAt: at }));
        tiles.draw(answer.system);
    }

    function drawTop(answer) {
        tiles.draw(answer.system);
        alerts.draw(answer.alerts, (metric) => rows.get(metric)?.unit);
        show(resetAll, answer.access === 'UNRESTRICTED');
    }

    function forgetOtherWindow() {
        if (askedWindow !== state().window) {
            askedWindow = state().window;
            rows.forEach((row) => Object.assign(row, { window: undefined, trend: undefined, askedAt: 0 }));
            allAt = sortsByWindow() ? -Infinity : allAt;
        }
    }

    return {
        node,
        title: 'Metrics',
        /** One request: for all metrics, or for those shown. */
        async refresh() {
            forgetOtherWindow();
            await (isDueForAll() ? refreshAll() : refreshShown(shownRows()));
            this.draw();
            if (shownRows().some((row) => row.trend === undefined)) {
                refreshSoon();
            }
        },
        draw() {
            picker.draw(Math.max(...[...rows.values()].map((row) => seconds(row.retentionWindow)), 0)
                || DEFAULT_RETENTION);
            const shown = shownRows();
            table.draw(shown);
            show(table.node, shown.length > 0);
            show(empty, shown.length === 0 && loaded);
            setText(empty, rows.size === 0 ? 'No metric yet. Register one, or record into one: it appears here by itself.'
                : 'No metric matches the filter.');
        },
        changed(now, before) {
            if (filter.value !== now.q && document.activeElement !== filter) {
                filter.value = now.q;
            }
            if (sortsByWindow() && now.sort !== before.sort) {
                allAt = -Infinity;
            }
            this.draw();
            refreshSoon();
        },
    };
}
