// Single values with what was recorded beside them.
import { clock, quantity } from './format.js';
import { figure, foreign, h, keyed, scrollable, setFigure, setText, show, term } from './dom.js';
import { change, state } from './state.js';

const ORDERS = ['largest', 'smallest', 'newest'];

const LONGEST_TEXT = 120;

/** A text that is too long opens on demand. */
function long(text) {
    return text.length <= LONGEST_TEXT ? foreign(text)
        : h('details', {}, h('summary', {}, foreign(text.slice(0, 80)), ` … ${text.length} characters`), foreign(text));
}

function pairs(entries) {
    return h('dl', { class: 'pairs' }, Object.entries(entries).map(([key, value]) =>
        term({}, foreign(key), long(String(value)))));
}

function createValue({ timestamp, tags, metadata }) {
    return h('tr', {}, h('td', {}, figure()), h('td', {}, clock(timestamp, true)), h('td', {}, pairs(tags)),
        h('td', {}, metadata ? pairs(metadata) : h('span', { class: 'muted' }, 'not shown')));
}

/** The values with keys: those that are alike in everything are counted through. */
function numbered(values) {
    const seen = new Map();
    return values.map((value) => {
        const text = JSON.stringify(value);
        seen.set(text, (seen.get(text) ?? 0) + 1);
        return { value, key: `${text}#${seen.get(text)}` };
    });
}

export function valueTable() {
    const select = h('select', { id: 'order', 'aria-label': 'Which values', onchange: () => change({ order: select.value }) },
        ORDERS.map((order) => h('option', { value: order }, order)));
    const note = h('span', { class: 'muted' });
    const none = h('p', { class: 'muted quiet', hidden: true }, 'No single value of this window is kept.');
    const body = h('tbody');
    const table = scrollable('values', 'Single values with their tags and metadata', ['Value', 'Time', 'Tags', 'Metadata'],
        body);
    return {
        node: h('section', { class: 'card', 'aria-label': 'Single values' }, h('header', {},
            h('h2', {}, 'Single values'), h('label', { class: 'compact' }, 'the ', select), note), none, table),
        draw({ values, unit }) {
            select.value = state().order;
            setText(note, values.some((value) => value.metadata) ? '' : 'metadata is hidden by show-metadata');
            show(note, values.length > 0);
            show(none, values.length === 0);
            show(table, values.length > 0);
            keyed(body, numbered(values), ({ key }) => key, ({ value }) => createValue(value),
                (row, { value }) => setFigure(row.firstChild.firstChild, value.value, quantity, unit));
        },
    };
}
