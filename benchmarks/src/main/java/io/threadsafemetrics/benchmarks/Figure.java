package io.threadsafemetrics.benchmarks;

/**
 * Names one figure of a round.
 *
 * @param benchmark class, method, mode, threads and parameters
 * @param metric which of its figures
 * @param unit what it counts
 */
record Figure(String benchmark, String metric, Unit unit) {

    static final String SCORE = "score";

    static final String ALLOCATION = "gc.alloc.rate.norm";

    /** Returns the mean time of one operation. */
    static Figure time(String method, int threads, String... parameters) {
        return new Figure(benchmark(method, "avgt", threads, parameters), SCORE, Unit.NANOS);
    }

    /** Returns a percentile of the time of one operation. */
    static Figure sampled(String method, int threads, String percentile) {
        return new Figure(benchmark(method, "sample", threads), percentile, Unit.NANOS);
    }

    static Figure retained(String name) {
        return new Figure("retained", name, Unit.BYTES);
    }

    static String benchmark(String method, String mode, int threads, String... parameters) {
        StringBuilder text = new StringBuilder(method).append(' ').append(mode).append(' ').append(threads);
        for (String parameter : parameters) {
            text.append(' ').append(parameter);
        }
        return text.toString();
    }

    Figure with(String otherMetric) {
        return new Figure(this.benchmark, otherMetric, this.unit);
    }

    Figure allocation() {
        return new Figure(this.benchmark, ALLOCATION, Unit.BYTES);
    }

    Figure cpu() {
        return with(CpuProfiler.LABEL);
    }

    String key() {
        return this.benchmark + '/' + this.metric;
    }

}
