// A window of values: how wide the steps in it are, and which figures there are of it.
import { count, quantity, rate, seconds } from './format.js';

export const PERCENTILES = ['50', '95', '99'];

const LEAST_STEP_MS = 100;

// Each with its name, where an answer has it, and how it is written.
const WINDOW_FIGURES = [
    { id: 'count', label: 'Count', of: (window) => window.count, format: count },
    { id: 'rate', label: 'Rate', of: (window) => window.rate, format: rate },
    { id: 'average', label: 'Average', of: (window) => window.average, format: quantity },
    { id: 'min', label: 'Min', of: (window) => window.min, format: quantity },
    ...PERCENTILES.map((p) => ({ id: `p${p}`, label: `p${p}`, of: (window) => window.percentiles[p], format: quantity })),
    { id: 'max', label: 'Max', of: (window) => window.max, format: quantity },
];

export function windowFigures(...ids) {
    return ids.map((id) => WINDOW_FIGURES.find((figure) => figure.id === id));
}

/** How wide the steps are of which a window has so many. */
export function stepMs(window, points) {
    return Math.max(LEAST_STEP_MS, Math.ceil(seconds(window) * 1000 / points));
}
