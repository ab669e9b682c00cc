// What is known of the metrics. One request a refresh asks for more: about all of them, or about those shown.
import { ask } from './api.js';
import { PAGE_SIZE, sortsByWindow } from './columns.js';
import { state } from './state.js';
import { PERCENTILES, stepMs } from './windows.js';

const TREND_POINTS = 30;

// Servers take a request line of 4 kB and more: what does not fit has its turn at the next refresh.
const MAX_NAMES_LENGTH = 3000;

// With more metrics than fit on a page, those not shown are looked at less often.
const ALL_EVERY_MS = 5000;

// The endpoint refuses to look at more at once: then only what has been shown has an order.
const MOST_WINDOWS = 1000;

function windowQuestion() {
    return [['window', state().window], ...PERCENTILES.map((percentile) => ['percentile', percentile])];
}

/** As many of the rows as fit into one request, beginning with those that have waited longest. */
function fitting(rows) {
    const names = [];
    let length = 0;
    for (const row of [...rows].sort((a, b) => a.askedAt - b.askedAt)) {
        length += encodeURIComponent(row.name).length + '&name='.length;
        if (length > MAX_NAMES_LENGTH && names.length > 0) {
            break;
        }
        names.push(row.name);
    }
    return names;
}

export class Rows {
    #rows = new Map();
    #allAt = -Infinity;
    #trendsAt = -Infinity;
    #window = '';

    all() {
        return [...this.#rows.values()];
    }

    unitOf(name) {
        return this.#rows.get(name)?.unit;
    }

    /** Has the next refresh ask about all. */
    expire() {
        this.#allAt = -Infinity;
    }

    /**
     * Asks about all where that is due, else about the rows shown.
     * @return the answer, and whether it is about all; null where it is about what nobody asks any more
     */
    async refresh(shown) {
        this.#forgetOtherWindow();
        const { window } = state();
        const aboutAll = this.#rows.size <= PAGE_SIZE || shown.length === 0 || performance.now() - this.#allAt >= ALL_EVERY_MS;
        const answer = await (aboutAll ? this.#askAboutAll() : this.#askAbout(shown));
        if (answer === null || window !== state().window) {
            return null;
        }
        if (aboutAll) {
            this.#takeAll(answer.metrics);
        } else {
            this.#take(answer.metrics);
        }
        return { answer, aboutAll };
    }

    #forgetOtherWindow() {
        if (this.#window !== state().window) {
            this.#window = state().window;
            this.#rows.forEach((row) => Object.assign(row, { window: undefined, trend: undefined, askedAt: 0 }));
            this.#allAt = sortsByWindow() ? -Infinity : this.#allAt;
        }
    }

    #askAboutAll() {
        const known = this.#rows.size;
        const few = known > 0 && known <= PAGE_SIZE;
        const windows = few || (sortsByWindow() && known > 0 && known <= MOST_WINDOWS);
        return ask(null, '', [...(windows ? windowQuestion() : []), ...(few ? this.#trendQuestion(this.all()) : [])]);
    }

    async #askAbout(shown) {
        try {
            return await ask(null, '', [...fitting(shown).map((name) => ['name', name]), ...windowQuestion(),
                ...this.#trendQuestion(shown)]);
        } catch (problem) {
            if (problem.kind !== 'missing') {
                throw problem;
            }
            this.expire(); // one of them was unregistered meanwhile
            return null;
        }
    }

    /** A trend gains a point with each step: until then the one that is drawn will do. */
    #trendQuestion(shown) {
        const now = performance.now();
        const step = stepMs(state().window, TREND_POINTS);
        if (now - this.#trendsAt < step && shown.every((row) => row.trend !== undefined)) {
            return [];
        }
        this.#trendsAt = now;
        return [['step', `${step}ms`]];
    }

    #takeAll(metrics) {
        const before = this.#rows;
        this.#rows = new Map(Object.entries(metrics).map(([name, row]) => [name, { askedAt: 0,
            window: before.get(name)?.window, trend: before.get(name)?.trend, ...row }]));
        this.#allAt = before.size === 0 && sortsByWindow() ? -Infinity : performance.now();
    }

    #take(metrics) {
        const askedAt = performance.now();
        Object.entries(metrics).forEach(([name, row]) =>
            this.#rows.set(name, { trend: this.#rows.get(name)?.trend, ...row, askedAt }));
    }
}
