// How figures are written for people. A figure that is absent is a dash, never 0.

export const NONE = '–';

const DIGITS = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits,
    signDisplay: 'negative' }));

// Below what a value is divided by what, and written with which unit: no time at all is 0 s.
const TIME_SCALES = [[Number.MIN_VALUE, 1, 's'], [1e-6, 1e-9, 'ns'], [1e-3, 1e-6, 'µs'], [1, 1e-3, 'ms'], [120, 1, 's'],
    [7200, 60, 'min'], [172800, 3600, 'h'], [Infinity, 86400, 'd']];

const BYTE_SCALES = [[1024, 1, 'B'], [1024 ** 2, 1024, 'KiB'], [1024 ** 3, 1024 ** 2, 'MiB'],
    [1024 ** 4, 1024 ** 3, 'GiB'], [Infinity, 1024 ** 4, 'TiB']];

const PLAIN_SCALES = [[1e5, 1, ''], [1e8, 1e6, 'M'], [1e11, 1e9, 'G'], [Infinity, 1e12, 'T']];

// What a unit is called by those who record: the scale it is written in, and how many of the scale's base it is.
const UNITS = new Map([
    [TIME_SCALES, { seconds: 1, second: 1, s: 1, milliseconds: 1e-3, millisecond: 1e-3, ms: 1e-3, microseconds: 1e-6,
        µs: 1e-6, us: 1e-6, nanoseconds: 1e-9, ns: 1e-9, minutes: 60 }],
    [BYTE_SCALES, { bytes: 1, byte: 1, b: 1, kib: 1024, kilobytes: 1000, kb: 1000, mib: 1024 ** 2, mb: 1e6,
        megabytes: 1e6 }],
].flatMap(([scales, factors]) => Object.entries(factors).map(([unit, factor]) => [unit, { scales, factor }])));

const NO_UNIT = { scales: PLAIN_SCALES, factor: 1 };

function known(unit) {
    return UNITS.get(unit?.toLowerCase());
}

function significant(value) {
    const size = Math.abs(value);
    if (size !== 0 && size < 0.001) {
        return value.toExponential(2);
    }
    return DIGITS[size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3].format(value);
}

function scaled(value, scales) {
    const [, divisor, unit] = scales.find(([below]) => Math.abs(value) < below);
    return unit ? `${significant(value / divisor)} ${unit}` : significant(value);
}

/** A value of a metric in its unit: 0.0042 seconds is 4.2 ms. A unit that is not known is left out. */
export function quantity(value, unit) {
    const { scales, factor } = known(unit) ?? NO_UNIT;
    return value == null ? NONE : scaled(value * factor, scales);
}

/** Whether quantity() says the unit. */
export function saysUnit(unit) {
    return known(unit) !== undefined;
}

export function isBytes(unit) {
    return known(unit)?.scales === BYTE_SCALES;
}

/** A number that counts something, in full as long as it fits. */
export function count(value) {
    return value == null ? NONE : Math.abs(value) < 1e7 ? DIGITS[0].format(value) : scaled(value, PLAIN_SCALES);
}

export function rate(value) {
    return value == null ? NONE : `${scaled(value, PLAIN_SCALES)}/s`;
}

export function bytes(value) {
    return value == null ? NONE : scaled(value, BYTE_SCALES);
}

export function percent(fraction) {
    return `${significant(fraction * 100)} %`;
}

/** A time of day, with tenths where a second is long. */
export function clock(instant, tenths = false) {
    const date = new Date(instant);
    const time = date.toTimeString().slice(0, 'HH:mm:ss'.length);
    return tenths ? `${time}.${Math.floor(date.getMilliseconds() / 100)}` : time;
}

/** A duration in words of one or two units: 1 min 30 s. */
export function duration(seconds) {
    const parts = [];
    let rest = seconds;
    for (const [size, unit] of [[86400, 'd'], [3600, 'h'], [60, 'min']]) {
        if (rest >= size) {
            parts.push(`${Math.floor(rest / size)} ${unit}`);
            rest %= size;
        }
    }
    if (rest > 0 || parts.length === 0) {
        parts.push(rest < 1 && rest > 0 ? `${Math.round(rest * 1000)} ms` : `${significant(rest)} s`);
    }
    return parts.slice(0, 2).join(' ');
}

const SIMPLE = /^(\d+)(ms|s|m|h|d)$/;

const ISO = /^PT?(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/;

/** Reads a duration as the endpoint does: 500ms, 90s, 5m, PT1M30S. NaN where it is none. */
export function seconds(text) {
    const simple = SIMPLE.exec(text);
    if (simple) {
        return Number(simple[1]) * { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 }[simple[2]];
    }
    const iso = ISO.exec(String(text).toUpperCase());
    const total = iso ? [86400, 3600, 60, 1].reduce((sum, size, i) => sum + size * Number(iso[i + 1] ?? 0), 0) : 0;
    return total > 0 ? total : NaN;
}
