package io.threadsafemetrics;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts that series or values share, as constants of the code that records, are reported
 * about once.
 */
class SharedTextsMemoryTests {

    private static final String[] METHODS = { "GET", "POST", "PUT", "DELETE", "PATCH" };

    private static final String[] STATUSES = { "200", "201", "400", "404", "500" };

    private static final String[] REGIONS = { "eu-west-1", "us-east-1", "ap-south-1" };

    private static final String[] OUTCOMES = { "SUCCESS", "CLIENT_ERROR", "SERVER_ERROR" };

    private static final String[] URIS = { "/orders", "/orders/{id}", "/customers", "/customers/{id}" };

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxTagSets(10_000).maxValues(10_000).maxMetrics(10_000));

    private final MemoryCheck memory = new MemoryCheck(this.collector, this.clock);

    @AfterEach
    void close() {
        this.collector.close();
    }

    private ThreadSafeMetric register(String name) {
        return this.collector.metric(MetricDefinition.timer(name).build());
    }

    private static String any(String[] texts, int i, int step) {
        return texts[i / step % texts.length];
    }

    private static Tags literals(int i) {
        return Tags.of("method", any(METHODS, i, 1), "status", any(STATUSES, i, 5), "region", any(REGIONS, i, 25),
                "outcome", any(OUTCOMES, i, 75), "uri", any(URIS, i, 225));
    }

    private static Tags withUniqueId(int i) {
        return Tags.of("method", any(METHODS, i, 1), "status", any(STATUSES, i, 5), "region", any(REGIONS, i, 25),
                "outcome", any(OUTCOMES, i, 75), "uri", any(URIS, i, 225), "id", "user-" + i);
    }

    @Test
    void literalsOnly() {
        ThreadSafeMetric metric = register("a");
        IntStream.range(0, 900).forEach((i) -> metric.series(literals(i)));
        assertThat(metric.getStatistics().seriesCount()).isEqualTo(900);
        this.memory.check();
    }

    @Test
    void literalsFromMaps() {
        for (int i = 0; i < 900; i++) {
            register("a").series(Tags.of(Map.of("method", any(METHODS, i, 1), "status", any(STATUSES, i, 5), "region",
                    any(REGIONS, i, 25), "outcome", any(OUTCOMES, i, 75), "uri", any(URIS, i, 225))));
        }
        this.memory.check();
    }

    @Test
    void literalsWithAUniqueId() {
        ThreadSafeMetric metric = register("a");
        IntStream.range(0, 5_000).forEach((i) -> metric.series(withUniqueId(i)));
        this.memory.check();
    }

    @Test
    void textsOfManyMetrics() {
        for (int i = 0; i < 2_000; i++) {
            register("metric." + i).addValue(1, literals(i));
        }
        this.memory.check();
    }

    @Test
    void setsOfManyMetrics() {
        List<Tags> sets = IntStream.range(0, 50).mapToObj(SharedTextsMemoryTests::withUniqueId).toList();
        for (int i = 0; i < 200; i++) {
            ThreadSafeMetric metric = register("metric." + i);
            sets.forEach(metric::series);
        }
        this.memory.check();
    }

    @Test
    void theOverflowAndTheEmptySetOfManyMetrics() {
        for (int i = 0; i < 2_000; i++) {
            register("metric." + i).addValue(1, Tags.of("overflow", "true"));
            register("metric." + i).addValue(1);
        }
        this.memory.check();
    }

    @Test
    void textsOfSeriesThatAreOverArePaidForAgain() {
        ThreadSafeMetric metric = register("a");
        Tags large = Tags.of(IntStream.range(0, 64).mapToObj((i) -> "x".repeat(240) + i).toArray(String[]::new));
        for (int round = 0; round < 3; round++) {
            metric.addValue(1, large);
            this.memory.check();
            metric.reset();
            this.memory.check();
        }
    }

    @Test
    void textsOfMetricsThatAreGoneArePaidForAgain() {
        List<Tags> sets = IntStream.range(0, 300).mapToObj(SharedTextsMemoryTests::withUniqueId).toList();
        for (int i = 0; i < 5; i++) {
            ThreadSafeMetric metric = register("metric." + i);
            sets.forEach(metric::series);
            this.memory.check();
            this.collector.unregisterMetric("metric." + i);
        }
    }

    @Test
    void metadataOfLiterals() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 5_000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("method", any(METHODS, i, 1), "status", any(STATUSES, i, 5)));
        }
        this.memory.check();
    }

    @Test
    void metadataOfALiteralAndAUniqueId() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 25_000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("method", any(METHODS, i, 1), "id", "user-" + i));
        }
        this.memory.check();
    }

    @Test
    void metadataOfSmallNumbers() {
        ThreadSafeMetric metric = register("a");
        for (int i = 0; i < 1000; i++) {
            metric.addValue(i, Tags.empty(), Map.of("try", i % 100, "size", (long) (i % 100)));
        }
        this.memory.check();
    }

}
