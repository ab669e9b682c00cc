// The window for each value of a tag, worst first.
import { percent } from './format.js';
import { figure, foreign, h, keyed, scrollable, setFigure, setText, show } from './dom.js';
import { change, state } from './state.js';
import { addTag, tagText } from './tags.js';
import { windowFigures } from './windows.js';

const GROUP_FIGURES = windowFigures('count', 'rate', 'p50', 'p95', 'p99', 'max');

function createGroup(group) {
    const tag = tagText(state().by, group.value);
    return h('tr', {},
        h('th', { scope: 'row' }, h('button', { type: 'button', class: 'plain', title: 'Show only these',
            onclick: () => addTag(tag) }, group.value === '' ? 'without the tag' : foreign(group.value))),
        h('td', { class: 'share' }, h('div', { class: 'bar' })), GROUP_FIGURES.map(() => h('td', {}, figure())));
}

function updateGroup(row, window, worst, unit) {
    const share = worst > 0 ? Math.max(0, (window.percentiles['99'] ?? 0) / worst) : 0;
    const [, bar, ...figures] = [...row.children].map((cell) => cell.firstChild);
    bar.style.width = `${share * 100}%`;
    bar.title = `${percent(share)} of the worst p99`;
    GROUP_FIGURES.forEach(({ of, format }, i) => setFigure(figures[i], of(window), format, unit));
}

/** Creates the table; draw() offers the tags there are, and shows the groups of the one that is chosen. */
export function groupTable() {
    const select = h('select', { id: 'by', onchange: () => change({ by: select.value }) });
    const hint = h('p', { class: 'muted quiet' });
    const head = new Text('Value');
    const body = h('tbody');
    const table = scrollable('groups', 'Figures by the values of a tag, worst first',
        [head, 'Share of the worst', ...GROUP_FIGURES.map(({ label }) => label)], body);
    return {
        node: h('section', { class: 'card', 'aria-label': 'Groups' }, h('header', {}, h('h2', {}, 'By tag'),
            h('label', { class: 'compact' }, 'group by ', select), h('span', { class: 'muted' }, 'worst first')), hint, table),
        draw({ availableTags, groups, unit }) {
            const { by } = state();
            const keys = Object.keys(availableTags);
            keyed(select, ['', ...keys], (key) => key, (key) => h('option', { value: key }, key || 'no tag'));
            select.value = by;
            show(table, by !== '');
            show(hint, by === '');
            setText(hint, keys.length === 0 ? 'No series has a tag.' : 'Choose a tag to see which of its values is worst.');
            setText(head, by);
            const worst = groups[0]?.window.percentiles['99'];
            keyed(body, groups, (group) => tagText(by, group.value), createGroup,
                (row, { window }) => updateGroup(row, window, worst, unit));
        },
    };
}
