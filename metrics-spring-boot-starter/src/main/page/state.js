// What the page shows, kept in the fragment of its address so that it can be shared.

const DEFAULTS = { metric: '', window: '1m', q: '', sort: 'name', page: '1', by: '', order: 'largest', every: '1s' };

const listeners = new Set();

function read() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const state = { tags: parameters.getAll('tag') };
    for (const [key, fallback] of Object.entries(DEFAULTS)) {
        state[key] = parameters.get(key) ?? fallback;
    }
    return state;
}

function write(state) {
    const parameters = new URLSearchParams();
    for (const [key, fallback] of Object.entries(DEFAULTS)) {
        if (state[key] !== fallback) {
            parameters.set(key, state[key]);
        }
    }
    state.tags.forEach((tag) => parameters.append('tag', tag));
    return `#${parameters}`;
}

let current = read();

export function state() {
    return current;
}

/** The address of the page with some of the state changed. */
export function link(changes) {
    return write({ ...current, ...changes });
}

export function metricLink(name) {
    return link({ metric: name, tags: [], by: '', order: DEFAULTS.order });
}

export function overviewLink() {
    return link({ metric: '', tags: [], by: '', order: DEFAULTS.order });
}

/** Changes the state in place: what is typed or clicked through is no step back in the browser's history. */
export function change(changes) {
    history.replaceState(null, '', link(changes));
    take();
}

export function onChange(listener) {
    listeners.add(listener);
}

function take() {
    const before = current;
    current = read();
    listeners.forEach((listener) => listener(current, before));
}

addEventListener('hashchange', take);
