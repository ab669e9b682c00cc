// The alert rules that are breached now.
import { clock, quantity } from './format.js';
import { foreign, h, keyed, setAttribute, setText, show } from './dom.js';
import { metricLink } from './state.js';

function createAlert(alert) {
    return h('li', {}, h('span', { class: 'state' }), h('span', { class: 'rule' }, foreign(alert.rule)),
        h('a', { href: metricLink(alert.metric) }, foreign(alert.metric)), h('span'), h('span', { class: 'muted since' }));
}

function updateAlert(node, alert, unit) {
    const [state, , , value, since] = node.children;
    setText(state, alert.state);
    setAttribute(node, 'class', `alert ${alert.state.toLowerCase()}`);
    setText(value, alert.value === undefined ? 'no data' : `${quantity(alert.value, unit)}, threshold ${quantity(
        alert.threshold, unit)}`);
    setText(since, `since ${clock(alert.since)}`);
}

/** Creates the list; draw(alerts, unitOf) fills it. */
export function alertList() {
    const none = h('p', { class: 'muted quiet' }, 'No rule is breached.');
    const list = h('ul', { class: 'alerts' });
    return {
        node: h('section', { 'aria-label': 'Alerts' }, h('h2', {}, 'Alerts'), none, list),
        draw(alerts, unitOf) {
            show(none, alerts.length === 0);
            const firingFirst = [...alerts].sort((a, b) => a.state.localeCompare(b.state));
            keyed(list, firingFirst, (alert) => alert.rule, createAlert,
                (node, alert) => updateAlert(node, alert, unitOf(alert.metric)));
        },
    };
}
