// Single values with what was recorded beside them.
import { clock, quantity } from './format.js';
import { figure, foreign, h, keyed, setFigure, setText, show } from './dom.js';
import { change, state } from './state.js';

const ORDERS = [['largest', 'largest'], ['smallest', 'smallest'], ['newest', 'newest']];

/** Pairs as a list of terms; a text that is too long opens on demand. */
function pairs(entries) {
    return h('dl', { class: 'pairs' }, ...entries.map(([key, value]) => h('div', {}, h('dt', {}, foreign(key)),
        h('dd', {}, long(String(value))))));
}

function long(text) {
    return text.length <= 120 ? foreign(text)
        : h('details', {}, h('summary', {}, foreign(text.slice(0, 80)), ` … ${text.length} characters`), foreign(text));
}

function createValue(value) {
    return h('tr', {}, h('td', {}, figure()), h('td', {}, clock(value.timestamp, true)),
        h('td', {}, pairs(Object.entries(value.tags))),
        h('td', {}, value.metadata ? pairs(Object.entries(value.metadata)) : h('span', { class: 'muted' }, 'not shown')));
}

export function valueTable() {
    const select = h('select', { id: 'order', 'aria-label': 'Which values' },
        ...ORDERS.map(([order, label]) => h('option', { value: order }, label)));
    select.addEventListener('change', () => change({ order: select.value }));
    const body = h('tbody', {});
    const none = h('p', { class: 'muted quiet', hidden: true }, 'No single value of this window is kept.');
    const note = h('span', { class: 'muted' });
    const table = h('div', { class: 'scroll' }, h('table', { class: 'values' },
        h('caption', { class: 'unseen' }, 'Single values with their tags and metadata'),
        h('thead', {}, h('tr', {}, ...['Value', 'Time', 'Tags', 'Metadata'].map((text) => h('th', { scope: 'col' },
            text)))), body));
    return {
        node: h('section', { class: 'card', 'aria-label': 'Single values' }, h('header', {},
            h('h2', {}, 'Single values'), h('label', { class: 'compact' }, 'the ', select), note), none, table),
        draw(values, unit) {
            select.value = state().order;
            setText(note, values.some((value) => value.metadata) ? '' : 'metadata is hidden by show-metadata');
            show(note, values.length > 0);
            show(none, values.length === 0);
            show(table, values.length > 0);
            const seen = new Map();
            const numbered = values.map((value) => {
                const text = JSON.stringify([value.timestamp, value.value, value.tags, value.metadata]);
                seen.set(text, (seen.get(text) ?? 0) + 1);
                return { value, key: `${text}#${seen.get(text)}` };
            });
            keyed(body, numbered, ({ key }) => key, ({ value }) => createValue(value),
                (row, { value }) => setFigure(row.firstChild.firstChild, value.value, quantity(value.value, unit)));
        },
    };
}
