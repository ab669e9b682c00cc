// The columns of the table of metrics, and which rows it shows in which order.
import { bytes, quantity } from './format.js';
import { state } from './state.js';
import { windowFigures } from './windows.js';

export const PAGE_SIZE = 50;

// Figures of the window are known of the rows that are shown only, unless the table is sorted by them.
export const COLUMNS = [
    { id: 'name', label: 'Metric', of: (row) => row.name },
    { id: 'type', label: 'Type', of: (row) => row.type },
    ...windowFigures('rate', 'p50', 'p95', 'p99', 'max').map((figure) => ({ ...figure, windowed: true,
        of: (row) => row.window && figure.of(row.window) })),
    { id: 'last', label: 'Last', of: (row) => row.currentValue, format: quantity },
    { id: 'trend', label: 'Trend' },
    { id: 'memory', label: 'Memory', of: (row) => row.memoryUsageBytes, format: bytes },
];

const NAMES = new Intl.Collator(undefined, { numeric: true });

/** The column that the table is sorted by, and whether from the top. */
export function sorting() {
    const descending = state().sort.startsWith('-');
    const id = descending ? state().sort.slice(1) : state().sort;
    return { column: COLUMNS.find((column) => column.id === id && column.of) ?? COLUMNS[0], descending };
}

/** Whether the order needs the windows of all metrics. */
export function sortsByWindow() {
    return sorting().column.windowed === true;
}

function compare(a, b) {
    return typeof a === 'string' ? NAMES.compare(a, b) : a - b;
}

/** The rows that the filter leaves, in order; where there is no figure, last. */
export function arranged(rows) {
    const { column, descending } = sorting();
    const wanted = state().q.trim().toLowerCase();
    const left = rows.filter(({ name, type }) => name.toLowerCase().includes(wanted) || type.toLowerCase() === wanted);
    return left.sort((a, b) => {
        const [x, y] = [column.of(a), column.of(b)];
        return (x === undefined) - (y === undefined) || compare(x, y) * (descending ? -1 : 1) || compare(a.name, b.name);
    });
}

/** The page of rows that the state names. */
export function pageOf(rows) {
    const last = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
    const page = Math.min(last, Math.max(1, Number.parseInt(state().page, 10) || 1));
    const first = (page - 1) * PAGE_SIZE;
    return { page, last, first, rows: rows.slice(first, first + PAGE_SIZE) };
}
