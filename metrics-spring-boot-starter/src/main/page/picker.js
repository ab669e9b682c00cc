// Chooses the window: one of the usual ones up to what is remembered, or any other.
import { duration, seconds } from './format.js';
import { h, keyed, setAttribute, show } from './dom.js';
import { change, state } from './state.js';

const USUAL = ['10s', '30s', '1m', '5m', '15m', '1h', '6h', '1d'];

/** Creates the picker; draw(retention) offers what is not longer than that, in seconds. */
export function windowPicker() {
    const buttons = h('div', { class: 'segments', role: 'group', 'aria-label': 'Window' });
    const input = h('input', { id: 'window', size: 7, 'aria-label': 'Other window', placeholder: 'other: 90s',
        autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'window-help', onchange: take });
    const help = h('span', { id: 'window-help', class: 'wrong', hidden: true }, 'such as 90s, 5m or PT1M30S');
    const node = h('form', { class: 'picker', onsubmit: take }, buttons, input, help);

    function take(event) {
        event.preventDefault();
        const text = input.value.trim();
        const valid = text === '' || seconds(text) > 0;
        setAttribute(input, 'aria-invalid', valid ? null : 'true');
        show(help, !valid);
        if (valid && text !== '') {
            change({ window: text });
        }
    }

    return {
        node,
        draw(retention) {
            const longest = Number.isInteger(retention) ? `${retention}s` : `${Math.round(retention * 1000)}ms`;
            const offered = [...USUAL.filter((text) => seconds(text) < retention), longest];
            const chosen = Math.min(seconds(state().window), retention);
            keyed(buttons, offered, (text) => text,
                (window) => h('button', { type: 'button', onclick: () => change({ window }) }, duration(seconds(window))),
                (button, text) => setAttribute(button, 'aria-pressed', String(seconds(text) === chosen)));
            if (document.activeElement !== input) {
                input.value = offered.some((text) => seconds(text) === chosen) ? '' : state().window;
            }
        },
    };
}
