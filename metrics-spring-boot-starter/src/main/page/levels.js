// What a gauge or a rate shows: a level, which stays what it is until it is read again.

export function isLevel(type) {
    return type === 'GAUGE' || type === 'RATE';
}

/** The values with each gap filled by the one before it. */
export function held(values) {
    let last = null;
    return values.map((value) => {
        last = value ?? last;
        return last;
    });
}
