// Builds and updates elements. Texts become text nodes: nothing here, or anywhere on the page, parses HTML.
import { NONE } from './format.js';

const SVG = 'http://www.w3.org/2000/svg';

const SVG_TAGS = new Set(['svg', 'path']);

/** Creates an element: h('a', { href: '#', onclick: go }, 'text', node, [nodes]). */
export function h(tag, attributes = {}, ...children) {
    const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            node.addEventListener(name.slice(2), value);
        } else {
            setAttribute(node, name, value);
        }
    }
    node.append(...children.flat());
    return node;
}

/** The update functions touch only what differs: the browser then has nothing to lay out. Null is no attribute. */
export function setAttribute(node, name, value) {
    if (value == null) {
        node.removeAttribute(name);
    } else {
        const text = value === true ? '' : String(value);
        if (node.getAttribute(name) !== text) {
            node.setAttribute(name, text);
        }
    }
}

export function setText(node, text) {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}

export function show(node, shown) {
    if (node.hidden === shown) {
        node.hidden = !shown;
    }
}

/** A text of others: isolated, so that its direction does not turn what stands around it. */
export function foreign(text) {
    return h('bdi', { class: 'foreign' }, text);
}

/** A figure with the number behind it. */
export function figure(id) {
    return h('data', { value: '', class: 'figure', id }, NONE);
}

/** Shows a number as format(value, unit) writes it. */
export function setFigure(node, value, format, unit) {
    const text = format(value, unit);
    setText(node, text);
    setAttribute(node, 'value', value ?? '');
    setAttribute(node, 'title', typeof value === 'number' && String(value) !== text ? value : null);
}

/** An entry of a description list. */
export function term(attributes, name, ...details) {
    return h('div', attributes, h('dt', {}, name), h('dd', {}, details));
}

/** A table that scrolls by itself where there is no room for it. */
export function scrollable(name, caption, headers, body) {
    return h('div', { class: 'scroll' }, h('table', { class: name }, h('caption', { class: 'unseen' }, caption),
        h('thead', {}, h('tr', {}, headers.map((header) => h('th', { scope: 'col' }, header)))), body));
}

const members = new WeakMap();

/**
 * Makes the children of a parent be those of a list, one for each key: existing ones are kept, with what has the focus,
 * and moved only where the order differs.
 */
export function keyed(parent, items, keyOf, create, update = () => {}) {
    const known = members.get(parent) ?? new Map();
    const next = new Map(items.map((item) => [keyOf(item), known.get(keyOf(item)) ?? create(item)]));
    known.forEach((node, key) => next.has(key) || node.remove());
    members.set(parent, next);
    items.forEach((item, i) => {
        const node = next.get(keyOf(item));
        update(node, item);
        if (parent.children[i] !== node) {
            parent.insertBefore(node, parent.children[i] ?? null);
        }
    });
}
