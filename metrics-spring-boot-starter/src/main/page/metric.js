// One metric: a window of it, as a whole, over time, by a tag, and value by value.
import { address, ask } from './api.js';
import { bytes, clock, count, duration, isBytes, percent, quantity, rate, saysUnit, seconds } from './format.js';
import { figure, foreign, h, keyed, setAttribute, setFigure, setText, show } from './dom.js';
import { change, overviewLink, state } from './state.js';
import { chart } from './charts.js';
import { confirmReset, confirmUnregister } from './manage.js';
import { groupTable, tagText } from './groups.js';
import { held, isLevel } from './levels.js';
import { valueTable } from './values.js';
import { windowPicker } from './picker.js';

const POINTS = 90;

const SHOWN_VALUES = 20;

const PERCENTILES = ['50', '95', '99'];

const STATISTICS = [
    ['count', 'Count', (window) => window.count, count],
    ['rate', 'Rate', (window) => window.rate, rate],
    ['average', 'Average', (window) => window.average, quantity],
    ['min', 'Min', (window) => window.min, quantity],
    ...PERCENTILES.map((key) => [`p${key}`, `p${key}`, (window) => window.percentiles[key], quantity]),
    ['max', 'Max', (window) => window.max, quantity],
];

function spanSeconds(from, to) {
    return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** Says in words how far the figures can be trusted. */
function trust(window) {
    const span = `${clock(window.from, true)} to ${clock(window.to, true)} (${duration(
        Math.round(spanSeconds(window.from, window.to) * 10) / 10)})`;
    const percentiles = window.count === 0 ? 'no values'
        : window.exact ? 'percentiles are exact' : `percentiles are within ${percent(window.relativeError)}`;
    return `${span}, ${percentiles}${window.truncated ? '. Cut short: the past before that was given up for want of memory'
        : ''}`;
}

function tagFilter() {
    const chips = h('span', { class: 'chips' });
    const select = h('select', { id: 'tag', 'aria-label': 'Show only series with the tag' });
    select.addEventListener('change', () => {
        const pair = select.value;
        select.value = '';
        change({ tags: [...new Set([...state().tags, pair])] });
    });
    return {
        node: h('div', { class: 'tags' }, chips, select),
        draw(available) {
            keyed(chips, state().tags, (pair) => pair, (pair) => h('button', { type: 'button', class: 'chip',
                'aria-label': `Remove the filter ${pair}`, onclick: () => change({ tags: state().tags.filter((other) =>
                    other !== pair) }) }, foreign(pair.endsWith(':') ? `${pair} none` : pair), ' ×'), () => {});
            const options = Object.entries(available).flatMap(([key, values]) => [...values, ''].map((value) => ({
                key, value, pair: tagText(key, value) }))).filter(({ pair }) => !state().tags.includes(pair));
            keyed(select, [{ pair: '', key: '' }, ...options], ({ pair }) => pair, ({ pair, key, value }) => h('option',
                { value: pair }, pair === '' ? 'filter by tag' : `${key}: ${value === '' ? 'none' : value}`), () => {});
            show(select, options.length > 0);
        },
    };
}

export function metric({ refreshSoon }) {
    const { metric: name } = state();
    const type = h('span', { class: 'badge' });
    const unitText = h('span', { class: 'muted' });
    const description = h('p', { class: 'muted description' });
    const lifetime = h('p', { class: 'muted quiet' });
    const writing = h('span', { class: 'actions', hidden: true },
        h('button', { type: 'button', class: 'danger', onclick: () => confirmReset(name).then(refreshSoon) }, 'Reset'),
        h('button', { type: 'button', class: 'danger', onclick: leave }, 'Unregister'));
    const json = h('a', { target: '_blank', rel: 'noreferrer' }, 'JSON');
    const back = h('a', {}, '← All metrics');
    const picker = windowPicker();
    const filter = tagFilter();
    const figures = STATISTICS.map(([id]) => figure({ id }));
    const trusted = h('p', { class: 'muted quiet', id: 'trust' });
    const rates = chart('Rate', [{ label: 'values per second', color: '--rate', fill: '--rate-fill' }]);
    const percentiles = chart('Distribution', [{ label: 'max', color: '--max', width: 1 },
        { label: 'p99', color: '--p99' }, { label: 'p95', color: '--p95' }, { label: 'p50', color: '--p50' }]);
    const groups = groupTable();
    const values = valueTable();
    const node = h('div', {},
        h('nav', { 'aria-label': 'Back' }, back),
        h('div', { class: 'heading' }, h('h1', {}, foreign(name)), type, unitText, writing), description,
        h('div', { class: 'toolbar' }, picker.node, filter.node, json),
        h('dl', { class: 'tiles figures' }, ...STATISTICS.map(([, label], i) => h('div', { class: 'tile' },
            h('dt', {}, label), h('dd', {}, figures[i])))), trusted,
        h('div', { class: 'charts' }, rates.node, percentiles.node), groups.node, values.node, lifetime);
    let unit;

    async function leave() {
        if (await confirmUnregister(name)) {
            location.hash = overviewLink();
        }
    }

    function question() {
        return [['window', state().window], ...state().tags.map((tag) => ['tag', tag])];
    }

    function drawHead(answer) {
        unit = answer.unit;
        setText(type, answer.type.toLowerCase());
        setText(unitText, unit && !saysUnit(unit) ? `in ${unit}` : '');
        setText(description, answer.description ?? '');
        const { statistics } = answer;
        setText(lifetime, `Since ${clock(statistics.createdTime)}: ${count(statistics.count)} values in ${count(
            statistics.seriesCount)} series, ${count(statistics.valuesStored)} kept one by one, ${bytes(
            statistics.memoryUsageBytes)}.`);
        setAttribute(json, 'href', address(name, '', question()));
        setAttribute(back, 'href', overviewLink());
        show(writing, answer.access === 'UNRESTRICTED');
        picker.draw(seconds(answer.retentionWindow));
        filter.draw(answer.availableTags);
        groups.offer(Object.keys(answer.availableTags));
    }

    function drawWindow(window) {
        STATISTICS.forEach(([, , of, text], i) => setFigure(figures[i], of(window), text(of(window), unit)));
        setText(trusted, trust(window));
        setAttribute(trusted, 'class', window.truncated ? 'quiet truncated' : 'muted quiet');
    }

    function drawCharts(points, window, type) {
        const middle = (point) => (Date.parse(point.from) + Date.parse(point.to)) / 2000;
        const times = points.map(middle);
        const [from, to] = [Date.parse(points[0].from) / 1000, Date.parse(points.at(-1).to) / 1000];
        const column = (of) => points.map((point) => of(point) ?? null);
        const line = (of) => isLevel(type) ? held(column(of)) : column(of);
        const asQuantity = (value) => quantity(value, unit);
        rates.draw(times, [column((point) => point.count / spanSeconds(point.from, point.to))], from, to,
            { formatter: rate, summary: `${rate(window.rate)} over the window` });
        percentiles.draw(times, [line((point) => point.max), ...['99', '95', '50'].map((key) => line(
            (point) => point.percentiles[key]))], from, to, {
            formatter: asQuantity,
            binary: isBytes(unit),
            summary: `median ${asQuantity(window.percentiles['50'])}, highest ${asQuantity(window.max)}`,
        });
    }

    return {
        node,
        title: name,
        async refresh() {
            const asked = state();
            const { window, by, order } = asked;
            const step = `${Math.max(100, Math.ceil(seconds(window) * 1000 / POINTS))}ms`;
            const [answer, timeline, single, grouped] = await Promise.all([
                ask(name, '', question()),
                ask(name, 'timeline', [...question(), ['step', step]]),
                ask(name, 'values', [...question(), ['order', order], ['limit', SHOWN_VALUES]]),
                by === '' ? null : ask(name, '', [...question(), ['groupBy', by]]),
            ]);
            if (state() !== asked) {
                return; // answers to another question than the page shows now
            }
            drawHead(answer);
            drawWindow(answer.window);
            drawCharts(timeline.points, answer.window, answer.type);
            values.draw(single.values, unit);
            groups.draw(grouped?.groups ?? [], unit);
        },
        changed() {
            refreshSoon();
        },
    };
}
