package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.threadsafemetrics.MetricType;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetric;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.WindowSnapshot;
import io.threadsafemetrics.spring.Fuzz;
import io.threadsafemetrics.spring.micrometer.FuzzedMeter.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Whatever an application calls its meters, they count as those of Micrometer's simple
 * registry do, and windows of the collector answer what was recorded, or count the meter.
 */
class CollectFuzzTests {

    /** Between the seconds at which something is recorded. */
    private static final List<Duration> WINDOWS = List.of(Duration.ofMillis(500), Duration.ofMillis(10_500),
            Duration.ofMillis(60_500), Duration.ofMillis(299_500));

    private record Use(FuzzedMeter meter, int secondsLater) {

        @Override
        public String toString() {
            return "\n  " + this.meter + ", then " + this.secondsLater + " s";
        }

    }

    private record Recorded(long second, double value) {

    }

    /** What the collector has to know of one series. */
    private record Series(String name, Tags tags) {

    }

    /** Tells of hundreds of odd names. */
    private final Logger logger = Logger.getLogger(ThreadSafeMetricsMeterRegistry.class.getName());

    @BeforeEach
    void silence() {
        this.logger.setLevel(Level.OFF);
    }

    @AfterEach
    void restore() {
        this.logger.setLevel(null);
    }

    @Test
    void anyMetersCountAsMicrometersAndWindowsAnswerWhatWasRecorded() {
        Fuzz.check(500, uses(), (uses) -> {
            try (Application application = new Application()) {
                uses.forEach(application::use);
                application.check();
            }
        });
    }

    private static Gen<List<Use>> uses() {
        return FuzzedMeter.names()
            .flatMap(
                    (names) -> Fuzz.some(FuzzedMeter
                        .of(names, Kind.COUNTER, Kind.TIMER, Kind.SUMMARY, Kind.HISTOGRAM_TIMER, Kind.HISTOGRAM_SUMMARY,
                                Kind.GAUGE, Kind.FUNCTION_COUNTER)
                        .zip(Generate.range(0, 40), Use::new), 15));
    }

    private static final class Application implements AutoCloseable {

        private final MockClock clock = new MockClock();

        private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
            .clock(new MicrometerMetricsClock(this.clock))
            .cleanupInterval(Duration.ZERO)
            .build();

        private final ThreadSafeMetricsMeterRegistry registry = ThreadSafeMetricsMeterRegistry.builder(this.collector)
            .clock(this.clock)
            .interval(Duration.ZERO)
            .build();

        private final SimpleMeterRegistry simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

        private final Map<Series, List<Recorded>> recorded = new HashMap<>();

        private final Map<Series, Meter.Id> feeders = new HashMap<>();

        private final Map<String, MetricType> types = new HashMap<>();

        private final Set<Meter.Id> refused = new HashSet<>();

        private long second;

        void use(Use use) {
            Meter expected = register(use.meter, this.simple);
            boolean known = expected != null
                    && this.registry.getMeters().stream().anyMatch((meter) -> meter.getId().equals(expected.getId()));
            Meter meter = register(use.meter, this.registry);
            assertThat(meter == null).as("refused by Micrometer").isEqualTo(expected == null);
            this.registry.sample();
            if (meter != null) {
                note(use.meter, meter.getId(), known);
            }
            this.clock.add(use.secondsLater, TimeUnit.SECONDS);
            this.second += use.secondsLater;
        }

        private static Meter register(FuzzedMeter meter, MeterRegistry registry) {
            try {
                return meter.register(registry);
            }
            catch (IllegalArgumentException ex) {
                assertThat(ex).hasMessageStartingWith("There is already a registered meter of a different type");
                return null;
            }
        }

        private void note(FuzzedMeter meter, Meter.Id id, boolean known) {
            Series series = new Series(id.getName(), tags(id));
            MetricType type = typeOf(meter.kind());
            if (!FuzzedMeter.isMetricName(id.getName()) || this.types.getOrDefault(id.getName(), type) != type
                    || !this.feeders.getOrDefault(series, id).equals(id)) {
                this.refused.add(id);
                return;
            }
            this.types.put(id.getName(), type);
            this.feeders.put(series, id);
            boolean readOnly = meter.kind() == Kind.GAUGE || meter.kind() == Kind.FUNCTION_COUNTER;
            if (!(readOnly && known) && !(meter.kind() == Kind.FUNCTION_COUNTER && meter.value() == 0)) {
                this.recorded.computeIfAbsent(series, (absent) -> new ArrayList<>())
                    .add(new Recorded(this.second, meter.value()));
            }
        }

        private static Tags tags(Meter.Id id) {
            return Tags.of(id.getTags()
                .stream()
                .flatMap((Tag tag) -> Stream.of(tag.getKey(), tag.getValue()))
                .toArray(String[]::new));
        }

        private static MetricType typeOf(Kind kind) {
            return switch (kind) {
                case TIMER, HISTOGRAM_TIMER -> MetricType.TIMER;
                case SUMMARY, HISTOGRAM_SUMMARY -> MetricType.SUMMARY;
                case GAUGE -> MetricType.GAUGE;
                default -> MetricType.COUNTER;
            };
        }

        void check() {
            assertThat(this.collector.getSystemStatistics().collectionErrors()).isZero();
            this.simple.getMeters().forEach((expected) -> {
                if (expected.getId().syntheticAssociation() != null) {
                    return; // a bucket of a histogram
                }
                Meter meter = this.registry.getMeters()
                    .stream()
                    .filter((each) -> each.getId().equals(expected.getId()))
                    .findFirst()
                    .orElseThrow();
                assertThat(figures(meter)).as("%s", expected.getId()).isEqualTo(figures(expected));
            });
            this.recorded.forEach((series, values) -> WINDOWS.forEach((window) -> check(series, values, window)));
            this.registry.close(); // another thread may be about to count
            assertThat(IncomingMetrics.of(this.collector).skipped().count() > 0).as("counted")
                .isEqualTo(!this.refused.isEmpty());
        }

        private static List<Double> figures(Meter meter) {
            return StreamSupport.stream(meter.measure().spliterator(), false).map(Measurement::getValue).toList();
        }

        private void check(Series series, List<Recorded> values, Duration window) {
            ThreadSafeMetric metric = this.collector.findMetric(series.name).orElseThrow();
            WindowSnapshot answer = metric.series(series.tags).window(window);
            double[] expected = values.stream()
                .filter((each) -> (this.second - each.second) * 1000 < window.toMillis())
                .mapToDouble(Recorded::value)
                .toArray();
            if (metric.type() == MetricType.GAUGE) { // read again and again
                assertThat(metric.series(series.tags).lifetime().currentValue()).isEqualTo(values.get(0).value);
                return;
            }
            assertThat(answer.count()).as("%s in %s", series, window).isEqualTo(expected.length);
            assertThat(answer.sum()).isCloseTo(Arrays.stream(expected).sum(), within(1e-6));
            assertThat(answer.max()).isEqualTo(Arrays.stream(expected).max());
            assertThat(answer.percentile(0)).isEqualTo(Arrays.stream(expected).min());
            assertThat(answer.exact()).isTrue();
        }

        @Override
        public void close() {
            this.registry.close();
            this.collector.close();
        }

    }

}
