// Reset and unregister, where the endpoint permits to write. Each asks first.
import { Problem, reset, unregister } from './api.js';
import { foreign, h, setText, show } from './dom.js';

const REASONS = new Map([
    ['forbidden', 'You are not allowed to, or the application wants a CSRF token that this page cannot know.'],
    ['unauthorized', 'You are not signed in.'],
]);

/** Asks whether to act; calls afterwards() once that is done. */
function askFirst(title, name, text, action, afterwards) {
    const close = () => dialog.remove();
    const wrong = h('p', { class: 'wrong', role: 'alert', hidden: true });
    const cancel = h('button', { type: 'button', onclick: close }, 'Cancel');
    const go = h('button', { type: 'button', class: 'danger', onclick: run }, title);
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', oncancel: close },
        h('h2', { id: 'dialog-title' }, title, name === null ? [] : [' ', foreign(name)]), h('p', {}, text), wrong,
        h('div', { class: 'actions' }, cancel, go));

    async function run() {
        go.disabled = true;
        try {
            await action();
            close();
            afterwards();
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            setText(wrong, REASONS.get(problem.kind) ?? problem.message);
            show(wrong, true);
            go.disabled = false;
        }
    }

    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
}

export function confirmReset(name, afterwards) {
    askFirst('Reset', name, 'All its values and series are forgotten, for everybody.', () => reset(name), afterwards);
}

export function confirmResetAll(afterwards) {
    askFirst('Reset all metrics', null, 'All values and series of all metrics are forgotten, for everybody.',
        () => reset(null), afterwards);
}

export function confirmUnregister(name, afterwards) {
    askFirst('Unregister', name,
        'The metric goes with all its values. What is recorded later is refused until it is registered again.',
        () => unregister(name), afterwards);
}
