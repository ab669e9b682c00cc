// All metrics: totals, alerts, and the table.
import { seconds } from './format.js';
import { h, setText, show } from './dom.js';
import { change, state } from './state.js';
import { alertList } from './alerts.js';
import { Rows } from './rows.js';
import { arranged, metricTable, sortsByWindow } from './table.js';
import { confirmReset } from './manage.js';
import { systemTiles } from './system.js';
import { windowPicker } from './picker.js';

const DEFAULT_RETENTION = 300;

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
    const rows = new Rows();
    let loaded = false;

    async function askReset() {
        if (await confirmReset(null)) {
            refreshSoon();
        }
    }

    function shownRows() {
        return table.page(arranged(rows.all()));
    }

    function drawTop({ answer, aboutAll }) {
        tiles.draw(answer.system);
        if (aboutAll) {
            loaded = true;
            alerts.draw(answer.alerts, (metric) => rows.unitOf(metric));
            show(resetAll, answer.access === 'UNRESTRICTED');
        }
    }

    return {
        node,
        title: 'Metrics',
        async refresh() {
            const news = await rows.refresh(shownRows());
            if (news !== null) {
                drawTop(news);
            }
            this.draw();
            if (shownRows().some((row) => row.trend === undefined)) {
                refreshSoon();
            }
        },
        draw() {
            const all = rows.all();
            picker.draw(Math.max(...all.map((row) => seconds(row.retentionWindow)), 0) || DEFAULT_RETENTION);
            const shown = shownRows();
            table.draw(shown);
            show(table.node, shown.length > 0);
            show(empty, shown.length === 0 && loaded);
            setText(empty, all.length === 0 ? 'No metric yet. Register one, or record into one: it appears here by itself.'
                : 'No metric matches the filter.');
        },
        changed(now, before) {
            if (filter.value !== now.q && document.activeElement !== filter) {
                filter.value = now.q;
            }
            if (sortsByWindow() && now.sort !== before.sort) {
                rows.expire();
            }
            this.draw();
            refreshSoon();
        },
    };
}
