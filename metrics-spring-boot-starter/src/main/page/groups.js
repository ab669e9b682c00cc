// The window for each value of a tag, worst first.
import { count, percent, quantity, rate } from './format.js';
import { figure, foreign, h, keyed, setFigure, setText, show } from './dom.js';
import { change, state } from './state.js';

const NONE_CHOSEN = '';

const GROUP_FIGURES = [
    ['Count', (window) => window.count, count],
    ['Rate', (window) => window.rate, rate],
    ...['50', '95', '99'].map((key) => [`p${key}`, (window) => window.percentiles[key], quantity]),
    ['Max', (window) => window.max, quantity],
];

/** A pair as the endpoint takes it: key:value, where the value may be empty. */
export function tagText(key, value) {
    return `${key}:${value}`;
}

export function groupTable() {
    const select = h('select', { id: 'by' });
    select.addEventListener('change', () => change({ by: select.value }));
    const body = h('tbody', {});
    const head = h('th', { scope: 'col' }, 'Value');
    const table = h('div', { class: 'scroll' }, h('table', { class: 'groups' },
        h('caption', { class: 'unseen' }, 'Figures by the values of a tag, worst first'),
        h('thead', {}, h('tr', {}, head, h('th', { scope: 'col' }, 'Share of the worst'),
            ...GROUP_FIGURES.map(([label]) => h('th', { scope: 'col' }, label)))), body));
    const hint = h('p', { class: 'muted quiet' });
    const node = h('section', { class: 'card', 'aria-label': 'Groups' }, h('header', {}, h('h2', {}, 'By tag'),
        h('label', { class: 'compact' }, 'group by ', select), h('span', { class: 'muted' }, 'worst first')), hint, table);

    function createGroup(group) {
        const pair = tagText(state().by, group.value);
        const filter = () => change({ tags: [...new Set([...state().tags, pair])] });
        return h('tr', {}, h('th', { scope: 'row' }, h('button', { type: 'button', class: 'plain', title: 'Show only these',
            onclick: filter }, group.value === '' ? 'without the tag' : foreign(group.value))),
        h('td', { class: 'share' }, h('div', { class: 'bar' })),
        ...GROUP_FIGURES.map(() => h('td', {}, figure())));
    }

    return {
        node,
        offer(keys) {
            const options = [NONE_CHOSEN, ...keys];
            keyed(select, options, (key) => key, (key) => h('option', { value: key }, key || 'no tag'), () => {});
            select.value = state().by;
            show(table, state().by !== NONE_CHOSEN);
            show(hint, state().by === NONE_CHOSEN);
            setText(hint, keys.length === 0 ? 'No series has a tag.' : 'Choose a tag to see which of its values is worst.');
        },
        draw(groups, unit) {
            setText(head, state().by);
            const worst = groups[0]?.window.percentiles['99'];
            keyed(body, groups, (group) => tagText(state().by, group.value), createGroup, (row, { window }) => {
                const share = worst > 0 ? Math.max(0, (window.percentiles['99'] ?? 0) / worst) : 0;
                row.children[1].firstChild.style.width = `${share * 100}%`;
                row.children[1].firstChild.title = `${percent(share)} of the worst p99`;
                GROUP_FIGURES.forEach(([, of, text], i) => setFigure(row.children[i + 2].firstChild, of(window),
                    text(of(window), unit)));
            });
        },
    };
}
