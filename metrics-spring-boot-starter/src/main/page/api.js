// Asks the endpoint, which is where this page came from: under whatever prefix, no address is written down.

const ROOT = location.pathname.replace(/\/+$/, '');

const PATIENCE_MS = 10_000;

/** Why there is no answer. Kinds: unauthorized, forbidden, missing, refused, unreachable. */
export class Problem extends Error {
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}

const KINDS = new Map([[401, 'unauthorized'], [403, 'forbidden'], [404, 'missing']]);

/** The address of a question; any name can be asked as a parameter, which a path could not carry. */
export function address(name, view = '', parameters = []) {
    const query = new URLSearchParams([...(name === null ? [] : [['name', name]]), ...parameters]);
    const path = name === null ? '' : view === '' ? '/~' : `/~/${view}`;
    return `${ROOT}${path}${query.size ? `?${query}` : ''}`;
}

export function ask(name, view, parameters) {
    return send(address(name, view, parameters), { headers: { Accept: 'application/json' } });
}

export function reset(name) {
    return send(address(name), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...csrf() },
        body: JSON.stringify({ operation: 'reset' }),
    });
}

export function unregister(name) {
    return send(address(name), { method: 'DELETE', headers: csrf() });
}

/** The token that Spring Security keeps in a cookie where it is set up for pages such as this one. */
function csrf() {
    const cookie = document.cookie.split('; ').find((text) => text.startsWith('XSRF-TOKEN='));
    return cookie ? { 'X-XSRF-TOKEN': decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) } : {};
}

async function send(url, options) {
    let response;
    try {
        response = await fetch(url, { ...options, cache: 'no-store', credentials: 'same-origin',
            signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch {
        throw new Problem('unreachable', 'The service does not answer.');
    }
    if (response.status === 204) {
        return null;
    }
    const body = await response.json().catch(() => null);
    if (response.ok && body) {
        return body;
    }
    if (response.ok) {
        // A sign-in page, to which a security filter or a proxy sent the request.
        throw new Problem('unauthorized', 'The answer is a page and not data.');
    }
    const kind = KINDS.get(response.status) ?? (response.status >= 500 ? 'unreachable' : 'refused');
    throw new Problem(kind, body?.message ?? `The service answers ${response.status}.`);
}
