package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million values of one kind a minute into a metric that keeps 1,000 raw and remembers
 * 5 minutes; all of them in arrays beside it.
 */
final class HighRateStream implements AutoCloseable {

    static final int VALUES_PER_MINUTE = 1_000_000;

    static final Duration RETENTION = Duration.ofMinutes(5);

    static final int MAX_VALUES = 1_000;

    private static final Duration BETWEEN_VALUES = Duration.ofMinutes(1).dividedBy(VALUES_PER_MINUTE);

    private static final Tags EU = Tags.of("region", "eu");

    private static final Tags US = Tags.of("region", "us");

    final ManualClock clock = new ManualClock();

    final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder().clock(this.clock).build();

    final ThreadSafeMetric metric = this.collector
        .metric(MetricDefinition.histogram("m").maxValues(MAX_VALUES).retentionWindow(RETENTION).build());

    private final ValueStreams kind;

    private final Random random = new Random(8);

    private final DoubleSupplier next;

    private final long[] times = new long[7 * VALUES_PER_MINUTE];

    private final double[] values = new double[this.times.length];

    private final boolean[] inEu = new boolean[this.times.length];

    private int size;

    HighRateStream(ValueStreams kind) {
        this.kind = kind;
        this.next = kind.from(this.random);
    }

    int size() {
        return this.size;
    }

    /**
     * Records for a while.
     * @param burst how many values come at once, with a pause after them
     */
    void record(Duration length, int burst) {
        MetricSeries eu = this.metric.series(EU);
        MetricSeries us = this.metric.series(US);
        long count = length.dividedBy(BETWEEN_VALUES);
        boolean accepted = true;
        for (int i = 0; i < count; i++) {
            if (i % burst == 0) {
                this.clock.advance(BETWEEN_VALUES.multipliedBy(burst));
            }
            double value = this.next.getAsDouble();
            boolean toEu = this.random.nextInt(4) == 0;
            accepted &= (toEu ? eu : us).addValue(value);
            this.times[this.size] = now();
            this.values[this.size] = value;
            this.inEu[this.size++] = toEu;
        }
        assertThat(accepted).isTrue();
    }

    void jumpOfTheWallClock() {
        this.clock.setWallClock(Instant.ofEpochSecond((long) (4e9 * this.random.nextDouble())));
    }

    /** Asks for windows of all lengths, past spans, groups and points. */
    void askAll() {
        askWindow(RETENTION, Tags.empty());
        askWindow(RETENTION, EU);
        for (int i = 0; i < 4; i++) {
            askWindow(anyWindow(), (i % 2 == 0) ? EU : Tags.empty());
            askPast((i % 2 == 0) ? Tags.empty() : EU);
        }
        askWindow(BETWEEN_VALUES.multipliedBy(MAX_VALUES / 2), Tags.empty());
        Duration window = anyWindow();
        long count = this.metric.window(window).count();
        this.metric.windowBy("region", window, Tags.empty())
            .forEach((region, group) -> checkFigures(group, Tags.of("region", region), "group of " + window));
        assertThat(sum(this.metric.windowBy("region", window, Tags.empty()).values())).isEqualTo(count);
        List<WindowSnapshot> points = this.metric.timeline(window, window.dividedBy(9), Tags.empty());
        points.forEach((point) -> checkFigures(point, Tags.empty(), "point of " + window));
        assertThat(sum(points)).isEqualTo(count);
    }

    private void askWindow(Duration window, Tags filter) {
        WindowSnapshot snapshot = this.metric.window(window, filter);
        check("window " + window + " " + filter).checkSpan(snapshot, now() - window.toNanos(), now());
        if (firstAtOrAfter(now() - window.toNanos()) >= this.size - MAX_VALUES) {
            assertThat(snapshot.exact()).as("exact, as all values are raw").isTrue();
            assertThat(Duration.between(snapshot.from(), snapshot.to())).isEqualTo(window);
        }
        checkFigures(snapshot, filter, "window " + window);
    }

    private void askPast(Tags filter) {
        Duration from = anyWindow();
        Duration to = Duration.ofNanos((long) (from.toNanos() * this.random.nextDouble()));
        WindowSnapshot snapshot = this.metric.window(wallClock().minus(from), wallClock().minus(to), filter);
        check("past " + from + " to " + to + " " + filter).checkSpan(snapshot, now() - from.toNanos(),
                now() - to.toNanos());
        checkFigures(snapshot, filter, "past " + from + " to " + to);
    }

    /** From a second to the retention, as many short as long ones. */
    private Duration anyWindow() {
        return Duration.ofNanos((long) (1e9 * Math.pow(RETENTION.toSeconds(), this.random.nextDouble())));
    }

    private void checkFigures(WindowSnapshot snapshot, Tags filter, String question) {
        SnapshotCheck check = check(question + " " + filter);
        long from = check.from(snapshot);
        // a point ends where the next one starts, and only the last one includes its end
        long to = check.to(snapshot) - (question.startsWith("point") && check.to(snapshot) < now() ? 1 : 0);
        int[] found = IntStream.range(firstAtOrAfter(from), firstAtOrAfter(to + 1))
            .filter((i) -> filter.isEmpty() || filter.equals(EU) == this.inEu[i])
            .toArray();
        double[] sorted = IntStream.of(found).mapToDouble((i) -> this.values[i]).toArray();
        Arrays.sort(sorted);
        check.checkFigures(snapshot, sorted, found.length == 0 || found[0] >= this.size - MAX_VALUES);
        assertThat(snapshot.relativeError()).as(question).isLessThanOrEqualTo(0.01);
    }

    private int firstAtOrAfter(long time) {
        int found = Arrays.binarySearch(this.times, 0, this.size, time);
        int at = (found < 0) ? -found - 1 : found;
        while (at > 0 && at <= this.size && this.times[at - 1] >= time) {
            at--; // of a burst
        }
        return at;
    }

    private SnapshotCheck check(String question) {
        return new SnapshotCheck(new ValueModel(MAX_VALUES), "(" + question + " of " + this.kind + ")", now(),
                wallClock(), RETENTION.toNanos());
    }

    private static long sum(Iterable<WindowSnapshot> snapshots) {
        long sum = 0;
        for (WindowSnapshot snapshot : snapshots) {
            sum += snapshot.count();
        }
        return sum;
    }

    private long now() {
        return this.clock.monotonicNanos();
    }

    private Instant wallClock() {
        return Instant.ofEpochMilli(this.clock.wallClockMillis());
    }

    @Override
    public void close() {
        this.collector.close();
    }

}
