package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleSupplier;

import io.threadsafemetrics.ValueModel.Entry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A random stream of values into one metric, with random questions in between.
 */
final class WindowModelRound {

    private static final long SECOND = 1_000_000_000L;

    private static final long[] RETENTIONS = { SECOND, 2_500_000_001L, 10 * SECOND, 60 * SECOND, 300 * SECOND,
            1200 * SECOND, 3600 * SECOND };

    private static final int STEPS = 2_500;

    private final long seed;

    private final Random random;

    private final ManualClock clock = new ManualClock(Instant.parse("2020-01-01T00:00:00.123456789Z"));

    private final ThreadSafeMetricsCollector collector;

    private final ThreadSafeMetric metric;

    private final long retention;

    private final ValueModel model;

    private final int tagSets;

    private DoubleSupplier values;

    private long stepNanos;

    private int step;

    WindowModelRound(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.retention = RETENTIONS[this.random.nextInt(RETENTIONS.length)];
        int maxValues = (int) Math.pow(10, 3 * this.random.nextDouble());
        this.model = new ValueModel(maxValues);
        this.tagSets = 1 + this.random.nextInt(this.random.nextBoolean() ? 3 : 40);
        this.collector = ThreadSafeMetricsCollector.builder()
            .clock(this.clock)
            .maxMemoryBytes(1L << 30)
            .cleanupInterval(Duration.ofSeconds(this.random.nextInt(100)))
            .idleSeriesTtl(Duration.ofSeconds(this.random.nextInt(100)))
            .build();
        this.metric = this.collector.metric(MetricDefinition.histogram("m")
            .maxValues(maxValues)
            .retentionWindow(Duration.ofNanos(this.retention))
            .build());
        this.values = anyValues();
        this.stepNanos = anyStep();
    }

    void run() {
        try (this.collector) {
            for (this.step = 0; this.step < STEPS; this.step++) {
                changeSomething();
                advance(Duration.ofNanos((long) (this.random.nextDouble() * this.stepNanos)));
                record();
                if (this.random.nextInt(20) == 0) {
                    ask();
                }
            }
            assertThat(this.collector.getSystemStatistics().collectionErrors()).as(where("errors")).isZero();
        }
    }

    private void changeSomething() {
        switch (this.random.nextInt(400)) {
            case 0, 1, 2, 3, 4, 5 -> this.stepNanos = anyStep();
            case 6 -> this.values = anyValues();
            case 7 -> advance(Duration.ofNanos((long) (this.retention * 2 * this.random.nextDouble())));
            case 8 -> advance(Duration.ofNanos(SECOND - now() % SECOND));
            case 9 -> this.clock.setWallClock(
                    Instant.ofEpochSecond((long) (4e9 * this.random.nextDouble()), this.random.nextInt(1_000_000_000)));
            case 10, 11 -> this.metric.cleanOldValues();
            case 12 -> {
                if (this.random.nextInt(4) == 0) {
                    this.metric.reset();
                    this.model.reset();
                }
            }
            default -> {
            }
        }
    }

    private void advance(Duration duration) {
        this.clock.advance(duration);
        this.model.forgetBefore(now() - this.retention - this.retention / 10 - 3 * SECOND);
    }

    private void record() {
        double value = this.values.getAsDouble();
        Tags tags = anyTags();
        boolean accepted = switch (this.random.nextInt(3)) {
            case 0 -> this.collector.collect("m", value, tags.asMap());
            case 1 -> this.metric.addValue(value, tags);
            default -> this.metric.series(tags).addValue(value);
        };
        assertThat(accepted).as(where("record")).isTrue();
        this.model.add(now(), value, tags);
    }

    private void ask() {
        switch (this.random.nextInt(8)) {
            case 0, 1 -> askWindow();
            case 2, 3 -> askPast();
            case 4 -> askGroups();
            case 5 -> askTimeline();
            case 6 -> askValues();
            default -> askAggregatesAndStatistics();
        }
    }

    private void askWindow() {
        Duration window = anyWindow();
        if (this.random.nextInt(4) == 0) {
            MetricSeries series = this.metric.series(anyTags());
            check("series window").check(series.window(window), start(window), now(), series.tags()::equals);
            return;
        }
        Tags filter = anyFilter();
        check("window " + window + " " + filter).check(this.metric.window(window, filter), start(window), now(),
                filter::matches);
    }

    private void askPast() {
        long from = start(anyWindow());
        long to = Math.min(now(), from + 1 + (long) (this.random.nextDouble() * (now() - from)));
        if (from >= to) {
            return;
        }
        Instant wallClock = wallClock();
        Tags filter = anyFilter();
        WindowSnapshot snapshot = this.metric.window(wallClock.minusNanos(now() - from),
                wallClock.minusNanos(now() - to), filter);
        check("past " + (now() - from) + " to " + (now() - to) + " " + filter).check(snapshot, from, to,
                filter::matches);
    }

    private void askGroups() {
        Duration window = anyWindow();
        Tags filter = anyFilter();
        String key = this.random.nextBoolean() ? "a" : "b";
        SnapshotCheck check = check("groups by " + key + " " + window + " " + filter);
        WindowSnapshot whole = this.metric.window(window, filter);
        Map<String, WindowSnapshot> groups = this.metric.windowBy(key, window, filter);
        groups.forEach((value, snapshot) -> {
            assertThat(snapshot.from()).as(where("same start")).isEqualTo(whole.from());
            assertThat(snapshot.to()).as(where("same end")).isEqualTo(whole.to());
            check.checkFigures(snapshot, this.model.between(check.from(snapshot), now(),
                    (tags) -> filter.matches(tags) && tags.valueOrEmpty(key).equals(value)));
        });
        assertThat(groups.values().stream().mapToLong(WindowSnapshot::count).sum()).as(where("groups add up"))
            .isEqualTo(whole.count());
    }

    private void askTimeline() {
        Duration window = anyWindow();
        long length = Math.min(window.toNanos(), this.retention);
        long stepLength = Math.max(length / (1 + this.random.nextInt(60)), 1);
        Tags filter = anyFilter();
        SnapshotCheck check = check("timeline " + window + " by " + stepLength + " " + filter);
        List<WindowSnapshot> points = this.metric.timeline(window, Duration.ofNanos(stepLength), filter);
        WindowSnapshot whole = this.metric.window(window, filter);
        assertThat(points.get(0).from()).as(where("first start")).isEqualTo(whole.from());
        assertThat(points.get(points.size() - 1).to()).as(where("last end")).isEqualTo(whole.to());
        for (int i = 0; i < points.size(); i++) {
            WindowSnapshot point = points.get(i);
            boolean last = i == points.size() - 1;
            assertThat(last || point.to().equals(points.get(i + 1).from())).as(where("contiguous")).isTrue();
            check.checkFigures(point,
                    this.model.between(check.from(point), check.to(point) - (last ? 0 : 1), filter::matches));
        }
        assertThat(points.stream().mapToLong(WindowSnapshot::count).sum()).as(where("points add up"))
            .isEqualTo(whole.count());
        for (long start = now() - length; start < now(); start += stepLength) {
            long asked = start;
            assertThat(points).as(where("a point starts at " + asked + " or a little before"))
                .anyMatch((point) -> check.from(point) <= asked && asked - check.from(point) <= check.slack(asked));
        }
    }

    private void askValues() {
        Duration window = anyWindow();
        Tags filter = anyFilter();
        int limit = 1 + this.random.nextInt(30);
        Comparator<Entry> newest = Comparator.comparingLong(Entry::number).reversed();
        int order = this.random.nextInt(3);
        ValueQuery query = switch (order) {
            case 0 -> ValueQuery.newest(limit);
            case 1 -> ValueQuery.largest(limit);
            default -> ValueQuery.smallest(limit);
        };
        Comparator<Entry> comparator = switch (order) {
            case 0 -> newest;
            case 1 -> Comparator.comparingDouble((Entry entry) -> -entry.value()).thenComparing(newest);
            default -> Comparator.comparingDouble(Entry::value).thenComparing(newest);
        };
        List<MetricValue> expected = this.model.raw(start(window), filter::matches, comparator, limit)
            .stream()
            .map((entry) -> new MetricValue(entry.value(), wallClock().minusNanos(now() - entry.time()), entry.tags(),
                    Map.of()))
            .toList();
        assertThat(this.metric.values(query.window(window).filter(filter))).as(where("values")).isEqualTo(expected);
    }

    private void askAggregatesAndStatistics() {
        Duration window = anyWindow();
        WindowSnapshot snapshot = this.metric.window(window);
        for (AggregationType type : AggregationType.values()) {
            OptionalDouble expected = type.of(snapshot, 99);
            assertThat(this.metric.getAggregatedValue(type, window, 99)).as(where(type.name())).isEqualTo(expected);
        }
        Duration all = Duration.ofNanos(this.retention);
        assertThat(this.metric.getAggregatedValue(AggregationType.COUNT)).as(where("count of all"))
            .isEqualTo(this.metric.getAggregatedValue(AggregationType.COUNT, all));
        check("all").check(this.metric.window(all), now() - this.retention, now(), (tags) -> true);
        MetricStatistics statistics = this.metric.getStatistics();
        assertThat(statistics.count()).as(where("lifetime count")).isEqualTo(this.model.recordedSinceReset());
        assertThat(statistics.valuesStored()).as(where("values stored"))
            .isEqualTo(this.model
                .raw(now() - this.retention, (tags) -> true, Comparator.comparing(Entry::number), Integer.MAX_VALUE)
                .size());
    }

    private DoubleSupplier anyValues() {
        return ValueStreams.values()[this.random.nextInt(ValueStreams.values().length)].from(this.random);
    }

    private long anyStep() {
        return switch (this.random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1_000;
            case 2 -> 1_000_000;
            case 3 -> 100_000_000;
            case 4 -> 2 * SECOND;
            case 5 -> 240 * SECOND;
            case 6 -> this.retention / 20;
            default -> this.retention / 500;
        };
    }

    private Tags anyTags() {
        int tagSet = this.random.nextInt(this.tagSets);
        return switch (tagSet % 3) {
            case 0 -> Tags.of("a", "v" + tagSet);
            case 1 -> Tags.of("a", "v" + tagSet / 5, "b", "v" + tagSet % 5);
            default -> Tags.empty();
        };
    }

    private Tags anyFilter() {
        return switch (this.random.nextInt(5)) {
            case 0 -> anyTags();
            case 1 -> Tags.of("a", "v" + this.random.nextInt(this.tagSets));
            case 2 -> Tags.of("b", "");
            default -> Tags.empty();
        };
    }

    private Duration anyWindow() {
        if (this.random.nextInt(3) == 0 && !this.model.isEmpty()) {
            long age = now() - this.model.get(this.random.nextInt(this.model.size())).time();
            return Duration.ofNanos(Math.max(1, age + this.random.nextInt(3) - 1));
        }
        return switch (this.random.nextInt(4)) {
            case 0 -> Duration.ofNanos(this.retention);
            case 1 -> Duration.ofSeconds(1 + this.random.nextInt((int) (1 + this.retention / SECOND)));
            default -> Duration.ofNanos(1 + (long) (this.retention * 1.2 * Math.pow(this.random.nextDouble(), 3)));
        };
    }

    private long start(Duration window) {
        return now() - Math.min(window.toNanos(), this.retention);
    }

    private long now() {
        return this.clock.monotonicNanos();
    }

    private Instant wallClock() {
        return Instant.ofEpochMilli(this.clock.wallClockMillis());
    }

    private SnapshotCheck check(String question) {
        return new SnapshotCheck(this.model, where(question), now(), wallClock(), this.retention);
    }

    private String where(String question) {
        return "(" + question + ", seed " + this.seed + ", step " + this.step + ")";
    }

}
