// Starts the page: which view is shown, when it is refreshed, and what is said when it cannot be.
import { clock, seconds } from './format.js';
import { h, setAttribute, setText, show } from './dom.js';
import { change, onChange, overviewLink, state } from './state.js';
import { metric } from './metric.js';
import { overview } from './overview.js';

const byId = (id) => document.getElementById(id);

const WORDS = {
    unauthorized: ['Sign in to see the metrics.', 'Reload the page to sign in again.'],
    forbidden: ['You are not allowed to see the metrics.', 'The service refuses your user.'],
    missing: ['There is no such metric.', 'It was unregistered, or the service was started anew.'],
    unreachable: ['The service does not answer.', 'Trying again.'],
    refused: ['The service refuses the question.'],
};

let view = null;
let timer = 0;
let running = false;
let again = false;
let paused = false;
let answeredAt = null;

function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
}

function refreshSoon() {
    again = running;
    if (!running) {
        schedule(0);
    }
}

async function run() {
    const asked = view;
    running = true;
    again = false;
    try {
        await asked.refresh();
        if (asked === view) {
            answeredAt = Date.now();
            show(byId('trouble'), false);
            tell();
        }
    } catch (problem) {
        if (asked === view) {
            complain(problem);
        }
    } finally {
        running = false;
    }
    if (again) {
        schedule(0);
    } else if (!paused && !document.hidden) {
        schedule(seconds(state().every) * 1000);
    }
}

function tell() {
    setText(byId('status'), paused ? `Paused at ${clock(answeredAt ?? Date.now())}` : 'Live');
    setAttribute(byId('pulse'), 'class', paused ? 'pulse still' : 'pulse');
    setText(byId('pause'), paused ? 'Resume' : 'Pause');
    setAttribute(byId('pause'), 'aria-pressed', String(paused));
}

function complain(problem) {
    const [title, detail = problem.message] = WORDS[problem.kind] ?? ['The page has failed.'];
    const last = answeredAt === null ? '' : ` The figures below are of ${clock(answeredAt)}.`;
    byId('trouble').replaceChildren(h('strong', {}, title), ` ${detail}${last} `,
        problem.kind === 'missing' ? h('a', { href: overviewLink() }, 'All metrics') : '');
    show(byId('trouble'), true);
    setText(byId('status'), problem.kind === 'unreachable' ? 'Disconnected' : 'No answer');
    setAttribute(byId('pulse'), 'class', 'pulse broken');
    if (!problem.kind) {
        throw problem;
    }
}

function open() {
    answeredAt = null;
    show(byId('trouble'), false);
    view = state().metric === '' ? overview(refreshSoon) : metric(refreshSoon);
    document.title = `${state().metric || 'Metrics'} · ${location.host}`;
    byId('view').replaceChildren(view.node);
    refreshSoon();
}

byId('pause').addEventListener('click', () => {
    paused = !paused;
    tell();
    if (!paused) {
        refreshSoon();
    }
});
byId('every').value = state().every;
byId('every').addEventListener('change', () => change({ every: byId('every').value }));
setText(byId('host'), location.host);
onChange((now, before) => {
    setAttribute(byId('home'), 'href', overviewLink());
    if (now.metric === before.metric) {
        view.changed?.(now, before);
        refreshSoon();
    } else {
        open();
        byId('main').focus();
        scrollTo(0, 0);
    }
});
document.addEventListener('visibilitychange', () => document.hidden || paused || refreshSoon());
open();
