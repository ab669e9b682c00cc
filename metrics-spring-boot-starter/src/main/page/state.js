// What the page shows, kept in the fragment of its address so that it can be shared.

const DEFAULTS = { metric: '', window: '1m', q: '', sort: 'name', page: '1', by: '', order: 'largest', every: '1s' };

let listener = () => {};

let current = read();

function read() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const state = { tags: parameters.getAll('tag') };
    for (const [key, fallback] of Object.entries(DEFAULTS)) {
        state[key] = parameters.get(key) ?? fallback;
    }
    return state;
}

export function state() {
    return current;
}

/** The address of the page with some of the state changed. */
export function link(changes) {
    const state = { ...current, ...changes };
    const parameters = new URLSearchParams(Object.keys(DEFAULTS).filter((key) => state[key] !== DEFAULTS[key])
        .map((key) => [key, state[key]]));
    state.tags.forEach((tag) => parameters.append('tag', tag));
    return `#${parameters}`;
}

export function metricLink(name) {
    return link({ metric: name, tags: [], by: '', order: DEFAULTS.order });
}

export function overviewLink() {
    return metricLink('');
}

/** Changes the state in place: what is typed or clicked through is no step back in the browser's history. */
export function change(changes) {
    history.replaceState(null, '', link(changes));
    take();
}

/** Has one function told of each change, with the state now and before. */
export function onChange(told) {
    listener = told;
}

function take() {
    const before = current;
    current = read();
    listener(current, before);
}

addEventListener('hashchange', take);
