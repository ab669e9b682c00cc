// Builds and updates elements. Texts become text nodes: nothing here, or anywhere on the page, parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

const SVG_TAGS = new Set(['svg', 'path', 'line']);

/** Creates an element: h('a', { href: '#', onclick: go }, 'text', node). False attributes are left out. */
export function h(tag, attributes = {}, ...children) {
    const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === 'function') {
            node.addEventListener(name.slice(2), value);
        } else {
            setAttribute(node, name, value);
        }
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
    return node;
}

/** The update functions touch only what differs: the browser then has nothing to lay out. */
export function setAttribute(node, name, value) {
    if (value === false || value === null || value === undefined) {
        if (node.hasAttribute(name)) {
            node.removeAttribute(name);
        }
    } else {
        const text = value === true ? '' : String(value);
        if (node.getAttribute(name) !== text) {
            node.setAttribute(name, text);
        }
    }
}

export function setText(node, text) {
    const wanted = String(text);
    if (node.textContent !== wanted) {
        node.textContent = wanted;
    }
}

export function show(node, shown) {
    if (node.hidden === shown) {
        node.hidden = !shown;
    }
}

/** A text of others: isolated, so that its direction does not turn what stands around it. */
export function foreign(text, attributes = {}) {
    return h('bdi', { class: 'foreign', ...attributes }, String(text));
}

/** A figure with the number behind it. */
export function figure(attributes = {}) {
    return h('data', { value: '', class: 'figure', ...attributes }, '–');
}

export function setFigure(node, value, text) {
    setText(node, text);
    setAttribute(node, 'value', value ?? '');
    setAttribute(node, 'title', typeof value === 'number' && String(value) !== text ? value : null);
}

const members = new WeakMap();

/**
 * Makes the children of a parent be those of a list, one for each key: existing ones are kept, with what has the focus,
 * and moved only where the order differs.
 */
export function keyed(parent, items, keyOf, create, update) {
    const known = members.get(parent) ?? new Map();
    const next = new Map(items.map((item) => [keyOf(item), known.get(keyOf(item)) ?? create(item)]));
    known.forEach((node, key) => next.has(key) || node.remove());
    members.set(parent, next);
    let place = parent.firstElementChild;
    for (const item of items) {
        const node = next.get(keyOf(item));
        update(node, item);
        if (node === place) {
            place = place.nextElementSibling;
        } else {
            parent.insertBefore(node, place);
        }
    }
}
