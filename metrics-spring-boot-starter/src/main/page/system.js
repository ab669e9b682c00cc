// The collector's own figures: what it has taken, holds, refused and given up.
import { bytes, count, percent, rate } from './format.js';
import { figure, h, setAttribute, setFigure, setText } from './dom.js';

// What each counter of a loss means, in the order of the guarantees it is about.
const LOSSES = [
    ['rejectedValues', 'Refused values', 'Recordings that answered false: an unknown metric, no number, a negative one'],
    ['refusedMetrics', 'Refused metrics', 'Registrations beyond the limit of metrics or of memory'],
    ['overflowedValues', 'Overflowed values', 'Values that share the series overflow=true: too many or broken tags'],
    ['droppedRawValues', 'Dropped raw values', 'Single values given up for want of memory'],
    ['droppedMetadata', 'Dropped metadata', 'Values whose metadata was not kept, or not all of it'],
    ['coarsenedHistograms', 'Coarsened histograms', 'Histograms that gave up resolution'],
    ['droppedSlots', 'Dropped slots', 'Parts of the past given up before their time'],
    ['droppedAlerts', 'Dropped alerts', 'Alert events that found the queue full'],
    ['failedCallbacks', 'Failed callbacks', 'Alert callbacks that threw'],
    ['collectionErrors', 'Errors', 'Unexpected exceptions while recording'],
    ['writerWaits', 'Waits', 'Recordings that had to wait because the metric was busy'],
];

function tile(label, value, note) {
    return h('div', { class: 'tile' }, h('dt', {}, label), h('dd', {}, value, note ?? null));
}

/** Creates the tiles; draw() fills them. */
export function systemTiles() {
    const values = figure({ id: 'values' });
    const speed = h('span', { class: 'note' });
    const metrics = figure({ id: 'metrics' });
    const limit = h('span', { class: 'note' });
    const memory = figure({ id: 'memory' });
    const budget = h('span', { class: 'note' });
    const bar = h('div', { class: 'meter-bar' });
    const meter = h('div', { class: 'meter', role: 'meter', 'aria-label': 'Memory used of the budget', 'aria-valuemin': 0,
        'aria-valuemax': 100 }, bar);
    const figures = LOSSES.map(([key]) => figure({ id: key }));
    const losses = h('dl', { class: 'losses' }, ...LOSSES.map(([, label, help], i) => h('div', { title: help },
        h('dt', {}, label), h('dd', {}, figures[i]))));
    const node = h('section', { 'aria-label': 'Collector' },
        h('dl', { class: 'tiles' }, tile('Values recorded', values, speed), tile('Metrics', metrics, limit),
            h('div', { class: 'tile wide' }, h('dt', {}, 'Memory'), h('dd', {}, memory, budget, meter))), losses);
    let before = null;

    return {
        node,
        draw(system) {
            const now = performance.now();
            setFigure(values, system.totalValuesCollected, count(system.totalValuesCollected));
            if (before !== null && now > before.at) {
                setText(speed, rate((system.totalValuesCollected - before.total) * 1000 / (now - before.at)));
            }
            before = { at: now, total: system.totalValuesCollected };
            setFigure(metrics, system.totalMetrics, count(system.totalMetrics));
            setText(limit, `of ${count(system.maxMetrics)}`);
            const used = system.estimatedMemoryBytes / system.maxMemoryBytes;
            setFigure(memory, system.estimatedMemoryBytes, bytes(system.estimatedMemoryBytes));
            setText(budget, `of ${bytes(system.maxMemoryBytes)}, ${percent(used)}`);
            setAttribute(meter, 'aria-valuenow', Math.round(used * 100));
            setAttribute(meter, 'class', used > 0.9 ? 'meter high' : 'meter');
            bar.style.width = `${Math.min(100, used * 100)}%`;
            LOSSES.forEach(([key], i) => {
                setFigure(figures[i], system[key], count(system[key]));
                setAttribute(figures[i].closest('div'), 'class', system[key] > 0 ? 'lost' : null);
            });
        },
    };
}
