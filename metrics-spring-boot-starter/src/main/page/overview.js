// All metrics: totals, alerts, and the table.
import { seconds } from './format.js';
import { h, setText, show } from './dom.js';
import { change, state } from './state.js';
import { alertList } from './alerts.js';
import { arranged, pageOf, sortsByWindow } from './columns.js';
import { confirmResetAll } from './manage.js';
import { metricTable } from './table.js';
import { Rows } from './rows.js';
import { systemTiles } from './system.js';
import { windowPicker } from './picker.js';

const DEFAULT_RETENTION = 300;

/** The table with what chooses from it, or why it is empty. */
function metricList(refreshSoon) {
    const filter = h('input', { type: 'search', id: 'filter', value: state().q, placeholder: 'Filter by name or type',
        'aria-label': 'Filter metrics', autocomplete: 'off', spellcheck: 'false',
        oninput: () => change({ q: filter.value, page: '1' }) });
    const picker = windowPicker();
    const resetAll = h('button', { type: 'button', class: 'danger', hidden: true,
        onclick: () => confirmResetAll(refreshSoon) }, 'Reset all');
    const empty = h('p', { class: 'card empty', hidden: true });
    const table = metricTable();
    return {
        node: h('section', { 'aria-label': 'Metrics' },
            h('div', { class: 'toolbar' }, h('h2', {}, 'Metrics'), filter, picker.node, resetAll), empty, table.node),
        /** Draws the rows; what may be done to them is null until the first answer about all. */
        draw(rows, access) {
            const left = arranged(rows);
            if (document.activeElement !== filter) {
                filter.value = state().q;
            }
            picker.draw(Math.max(...rows.map((row) => seconds(row.retentionWindow)), 0) || DEFAULT_RETENTION);
            show(resetAll, access === 'UNRESTRICTED');
            table.draw(left);
            show(table.node, left.length > 0);
            show(empty, left.length === 0 && access !== null);
            setText(empty, rows.length === 0 ? 'No metric yet. Register one, or record into one: it appears here by itself.'
                : 'No metric matches the filter.');
        },
    };
}

export function overview(refreshSoon) {
    const tiles = systemTiles();
    const alerts = alertList();
    const list = metricList(refreshSoon);
    const rows = new Rows();
    const shown = () => pageOf(arranged(rows.all())).rows;
    let access = null;
    return {
        node: h('div', {}, h('h1', { class: 'unseen' }, 'Metrics'), tiles.node, alerts.node, list.node),
        async refresh() {
            const news = await rows.refresh(shown());
            if (news !== null) {
                tiles.draw(news.answer.system);
            }
            if (news?.aboutAll) {
                access = news.answer.access;
                alerts.draw(news.answer.alerts, (metric) => rows.unitOf(metric));
            }
            list.draw(rows.all(), access);
            if (shown().some((row) => row.trend === undefined)) {
                refreshSoon();
            }
        },
        changed(now, before) {
            if (sortsByWindow() && now.sort !== before.sort) {
                rows.expire();
            }
            list.draw(rows.all(), access);
        },
    };
}
