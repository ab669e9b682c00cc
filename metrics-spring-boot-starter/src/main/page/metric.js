// One metric: a window of it, as a whole, over time, by a tag, and value by value.
import { address, ask } from './api.js';
import { bytes, clock, count, duration, percent, saysUnit, seconds } from './format.js';
import { figure, foreign, h, setAttribute, setFigure, setText, show, term } from './dom.js';
import { overviewLink, state } from './state.js';
import { confirmReset, confirmUnregister } from './manage.js';
import { groupTable } from './groups.js';
import { stepMs, windowFigures } from './windows.js';
import { tagFilter } from './tags.js';
import { timeline } from './timeline.js';
import { valueTable } from './values.js';
import { windowPicker } from './picker.js';

const POINTS = 90;

const SHOWN_VALUES = 20;

const STATISTICS = windowFigures('count', 'rate', 'average', 'min', 'p50', 'p95', 'p99', 'max');

/** Says in words how far the figures of a window can be trusted. */
function trust(window) {
    const tenths = Math.round((Date.parse(window.to) - Date.parse(window.from)) / 100);
    const span = `${clock(window.from, true)} to ${clock(window.to, true)} (${duration(tenths / 10)})`;
    const percentiles = window.count === 0 ? 'no values'
        : window.exact ? 'percentiles are exact' : `percentiles are within ${percent(window.relativeError)}`;
    const cut = window.truncated ? '. Cut short: the past before that was given up for want of memory' : '';
    return `${span}, ${percentiles}${cut}`;
}

/** What the metric is, and what may be done to it. */
function heading(name, refreshSoon) {
    const badge = h('span', { class: 'badge' });
    const unitNote = h('span', { class: 'muted' });
    const description = h('p', { class: 'muted description' });
    const writing = h('span', { class: 'actions', hidden: true },
        h('button', { type: 'button', class: 'danger', onclick: () => confirmReset(name, refreshSoon) }, 'Reset'),
        h('button', { type: 'button', class: 'danger',
            onclick: () => confirmUnregister(name, () => location.assign(overviewLink())) }, 'Unregister'));
    return {
        nodes: [h('div', { class: 'heading' }, h('h1', {}, foreign(name)), badge, unitNote, writing), description],
        draw(answer) {
            setText(badge, answer.type.toLowerCase());
            setText(unitNote, answer.unit && !saysUnit(answer.unit) ? `in ${answer.unit}` : '');
            setText(description, answer.description ?? '');
            show(writing, answer.access === 'UNRESTRICTED');
        },
    };
}

function ofLifetime({ createdTime, count: values, seriesCount, valuesStored, memoryUsageBytes }) {
    return `Since ${clock(createdTime)}: ${count(values)} values in ${count(seriesCount)} series, ${count(
        valuesStored)} kept one by one, ${bytes(memoryUsageBytes)}.`;
}

function windowTiles() {
    const figures = STATISTICS.map(({ id }) => figure(id));
    const trusted = h('p', { class: 'muted quiet', id: 'trust' });
    return {
        nodes: [h('dl', { class: 'tiles figures' }, STATISTICS.map(({ label }, i) => term({ class: 'tile' }, label, figures[i]))),
            trusted],
        draw({ window, unit }) {
            STATISTICS.forEach(({ of, format }, i) => setFigure(figures[i], of(window), format, unit));
            setText(trusted, trust(window));
            setAttribute(trusted, 'class', window.truncated ? 'quiet truncated' : 'muted quiet');
        },
    };
}

/** Asks for all that is shown of a metric. */
async function askAbout(name, question, { window, order, by }) {
    const [answer, { points }, { values }, { groups }] = await Promise.all([
        ask(name, '', question),
        ask(name, 'timeline', [...question, ['step', `${stepMs(window, POINTS)}ms`]]),
        ask(name, 'values', [...question, ['order', order], ['limit', SHOWN_VALUES]]),
        by === '' ? { groups: [] } : ask(name, '', [...question, ['groupBy', by]]),
    ]);
    return { ...answer, points, values, groups };
}

export function metric(refreshSoon) {
    const { metric: name } = state();
    const back = h('a', {}, '← All metrics');
    const head = heading(name, refreshSoon);
    const picker = windowPicker();
    const filter = tagFilter();
    const json = h('a', { target: '_blank', rel: 'noreferrer' }, 'JSON');
    const tiles = windowTiles();
    const charts = timeline();
    const groups = groupTable();
    const values = valueTable();
    const lifetime = h('p', { class: 'muted quiet' });
    return {
        node: h('div', {}, h('nav', { 'aria-label': 'Back' }, back), head.nodes,
            h('div', { class: 'toolbar' }, picker.node, filter.node, json), tiles.nodes, charts.node, groups.node, values.node,
            lifetime),
        async refresh() {
            const asked = state();
            const question = [['window', asked.window], ...asked.tags.map((tag) => ['tag', tag])];
            const answer = await askAbout(name, question, asked);
            if (state() !== asked) {
                return; // an answer to another question than the page shows now
            }
            setAttribute(back, 'href', overviewLink());
            setAttribute(json, 'href', address(name, '', question));
            picker.draw(seconds(answer.retentionWindow));
            [head, filter, tiles, charts, groups, values].forEach((part) => part.draw(answer));
            setText(lifetime, ofLifetime(answer.statistics));
        },
    };
}
