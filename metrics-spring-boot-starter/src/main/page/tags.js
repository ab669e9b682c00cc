// The tags that the values shown must have.
import { foreign, h, keyed, show } from './dom.js';
import { change, state } from './state.js';

/** A tag as the endpoint takes it: key:value, where the value may be empty. */
export function tagText(key, value) {
    return `${key}:${value}`;
}

export function addTag(tag) {
    change({ tags: [...new Set([...state().tags, tag])] });
}

function removeTag(tag) {
    change({ tags: state().tags.filter((other) => other !== tag) });
}

function createChip(tag) {
    return h('button', { type: 'button', class: 'chip', 'aria-label': `Remove the filter ${tag}`, onclick: () => removeTag(tag) },
        foreign(tag.endsWith(':') ? `${tag} none` : tag), ' ×');
}

/** The tags to choose from; those chosen go. */
function optionsOf(available) {
    return Object.entries(available).flatMap(([key, values]) => [...values, ''].map((value) =>
        ({ tag: tagText(key, value), label: `${key}: ${value || 'none'}` }))).filter(({ tag }) => !state().tags.includes(tag));
}

export function tagFilter() {
    const chips = h('span', { class: 'chips' });
    const select = h('select', { id: 'tag', 'aria-label': 'Show only series with the tag', onchange: () => {
        addTag(select.value);
        select.value = '';
    } });
    return {
        node: h('div', { class: 'tags' }, chips, select),
        draw({ availableTags }) {
            const options = optionsOf(availableTags);
            keyed(chips, state().tags, (tag) => tag, createChip);
            keyed(select, [{ tag: '', label: 'filter by tag' }, ...options], ({ tag }) => tag,
                ({ tag, label }) => h('option', { value: tag }, label));
            show(select, options.length > 0);
        },
    };
}
