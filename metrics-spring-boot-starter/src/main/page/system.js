// The collector's own figures: what it has taken, holds, refused and given up.
import { bytes, count, percent, rate } from './format.js';
import { figure, h, setAttribute, setFigure, setText, term } from './dom.js';

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

function tile(classes, id, label, ...below) {
    const value = figure(id);
    const note = h('span', { class: 'note' });
    return {
        node: term({ class: classes }, label, value, note, ...below),
        draw(number, format, text) {
            setFigure(value, number, format);
            setText(note, text);
        },
    };
}

function lossList() {
    const figures = LOSSES.map(([key]) => figure(key));
    const entries = LOSSES.map(([, label, help], i) => term({ title: help }, label, figures[i]));
    return {
        node: h('dl', { class: 'losses' }, entries),
        draw(system) {
            LOSSES.forEach(([key], i) => {
                setFigure(figures[i], system[key], count);
                setAttribute(entries[i], 'class', system[key] > 0 ? 'lost' : null);
            });
        },
    };
}

/** Creates the tiles; draw() fills them. */
export function systemTiles() {
    const values = tile('tile', 'values', 'Values recorded');
    const metrics = tile('tile', 'metrics', 'Metrics');
    const bar = h('div', { class: 'meter-bar' });
    const meter = h('div', { class: 'meter', role: 'meter', 'aria-label': 'Memory used of the budget', 'aria-valuemin': 0,
        'aria-valuemax': 100 }, bar);
    const memory = tile('tile wide', 'memory', 'Memory', meter);
    const losses = lossList();
    let before = { at: Infinity };
    let speed = '';

    return {
        node: h('section', { 'aria-label': 'Collector' },
            h('dl', { class: 'tiles' }, values.node, metrics.node, memory.node), losses.node),
        draw(system) {
            const now = { at: performance.now(), total: system.totalValuesCollected };
            speed = now.at > before.at ? rate((now.total - before.total) * 1000 / (now.at - before.at)) : speed;
            before = now;
            values.draw(now.total, count, speed);
            metrics.draw(system.totalMetrics, count, `of ${count(system.maxMetrics)}`);
            const used = system.estimatedMemoryBytes / system.maxMemoryBytes;
            memory.draw(system.estimatedMemoryBytes, bytes, `of ${bytes(system.maxMemoryBytes)}, ${percent(used)}`);
            setAttribute(meter, 'aria-valuenow', Math.round(used * 100));
            setAttribute(meter, 'class', used > 0.9 ? 'meter high' : 'meter');
            bar.style.width = `${Math.min(100, used * 100)}%`;
            losses.draw(system);
        },
    };
}
