package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.threadsafemetrics.spring.Fuzz;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/**
 * What an application may call a meter or a metric, and a meter of that name.
 *
 * @param tags keys and values in turn, maybe with a key more than once
 * @param value zero or more
 */
record FuzzedMeter(Kind kind, String name, String unit, String description, List<String> tags, double value) {

    /** How a meter is registered. */
    enum Kind {

        COUNTER, GAUGE, TIMER, SUMMARY, HISTOGRAM_TIMER, HISTOGRAM_SUMMARY, QUANTILE_TIMER, LONG_TASK_TIMER,
        HISTOGRAM_LONG_TASK_TIMER, FUNCTION_COUNTER, FUNCTION_TIMER, TIME_GAUGE, CUSTOM

    }

    static Gen<FuzzedMeter> of(Gen<String> names, Kind... kinds) {
        return Fuzz.oneOf(kinds)
            .zip(names, someUnits(), someDescriptions(), someTags().zip(someValues(), FuzzedMeter::rest),
                    (kind, name, unit, description, rest) -> new FuzzedMeter(kind, name, unit, description, rest.tags,
                            Math.abs(rest.value)));
    }

    private static FuzzedMeter rest(List<String> tags, double value) {
        return new FuzzedMeter(Kind.COUNTER, "", "", "", tags, value);
    }

    /** A few names for all meters of a story: so they meet. */
    static Gen<Gen<String>> names() {
        return someNames().zip(someNames(), someNames(), Fuzz::oneOf);
    }

    /** Names that are the same but for a dot or a suffix, and some that are odd. */
    private static Gen<String> someNames() {
        Gen<String> alike = Fuzz.oneOf("a", "a", "a.b", "a_b", "a-b", "A.b", "b")
            .zip(Fuzz.oneOf("", "", "", ".total", "_total", ".bucket", ".sum", "_count", ".created", ".info", ".max",
                    ".seconds", ".seconds.max", ".max.seconds", ".seconds.count", ".seconds_sum", ".gcount",
                    ".seconds.gcount", ".seconds.gsum", ".percentile", ".bytes", ".value", ".active.count"),
                    String::concat);
        Gen<String> odd = Fuzz.oneOf("le", "quantile", "total", "_total", "info", ".info", ".", "_", "::", "9", "日本",
                "\u0000", "x\ny", "a\"b", "a\\b", "a{b}", "__name__", "\uD800", "🚀", "jvm.memory.used", "jvm.info",
                "process.uptime", "http.server.requests", "# EOF", "# TYPE a counter");
        return Fuzz.mostly(Fuzz.mostly(alike, odd), Fuzz.texts());
    }

    private static Gen<String> none() {
        return Generate.constant((String) null);
    }

    static Gen<String> someUnits() {
        return Fuzz.any(none(), none(), Fuzz.oneOf("bytes", "seconds", "", " ", "total", ".total", "sum", "count",
                "max", "b", "x-y", "x\ny", "é", "\uD800", "\"}"));
    }

    static Gen<String> someDescriptions() {
        return Fuzz.any(none(),
                Fuzz.oneOf("What it is", "", "\n# TYPE a counter", "\\", "\\n", "\"", "\r", "é🚀", "\uD800\n"),
                Fuzz.texts());
    }

    static Gen<List<String>> someTags() {
        Gen<String> keys = Fuzz.mostly(
                Fuzz.oneOf("k", "k", "k.k", "k_k", "K", "le", "quantile", "phi", "statistic", "exported_le"),
                Fuzz.any(Fuzz.oneOf("__name__", "_", "__", ":", "k:k", "é", "", " ", "a b", "9", "\n", "\u0000",
                        "overflow", "\uD800"), Fuzz.texts()));
        Gen<String> values = Fuzz.mostly(Fuzz.oneOf("v", "v", "", "w", "true"),
                Fuzz.any(Fuzz.oneOf("a\n\"\\", "\\n", "é🚀", "\uD800", "\",k=\"", "\r", "\u2028"), Fuzz.texts()));
        return Fuzz.some(keys.zip(values, List::of), 2).map((pairs) -> pairs.stream().flatMap(List::stream).toList());
    }

    static Gen<Double> someValues() {
        return Fuzz.oneOf(1.0, 0.0, 2.0, 0.25, 1000.0, 1e-9, 1e9, -1.0);
    }

    boolean isMetricName() {
        return isMetricName(this.name);
    }

    static boolean isMetricName(String name) {
        return !name.isBlank() && name.length() <= 255;
    }

    /** Registers it, and records its value. */
    Meter register(MeterRegistry registry) {
        Tags all = Tags.of(this.tags.toArray(String[]::new));
        Meter meter = switch (this.kind) {
            case COUNTER -> Counter.builder(this.name)
                .tags(all)
                .baseUnit(this.unit)
                .description(this.description)
                .register(registry);
            case GAUGE -> Gauge.builder(this.name, () -> this.value)
                .tags(all)
                .baseUnit(this.unit)
                .description(this.description)
                .register(registry);
            case TIMER -> timer(all).register(registry);
            case HISTOGRAM_TIMER -> timer(all).publishPercentileHistogram().register(registry);
            // Micrometer makes a tag phi of its own, in place of the application's
            case QUANTILE_TIMER -> timer(Tags.of(all.stream().filter((tag) -> !tag.getKey().equals("phi")).toList()))
                .publishPercentiles(0.5, 0.99)
                .register(registry);
            case SUMMARY -> summary(all).register(registry);
            case HISTOGRAM_SUMMARY -> summary(all).serviceLevelObjectives(1, 5).register(registry);
            case LONG_TASK_TIMER -> longTaskTimer(all).register(registry);
            case HISTOGRAM_LONG_TASK_TIMER ->
                longTaskTimer(all).serviceLevelObjectives(Duration.ofMinutes(5)).register(registry);
            case FUNCTION_COUNTER -> FunctionCounter.builder(this.name, this, FuzzedMeter::value)
                .tags(all)
                .baseUnit(this.unit)
                .description(this.description)
                .register(registry);
            case FUNCTION_TIMER ->
                FunctionTimer.builder(this.name, this, (measured) -> 1, FuzzedMeter::value, TimeUnit.SECONDS)
                    .tags(all)
                    .description(this.description)
                    .register(registry);
            case TIME_GAUGE -> TimeGauge.builder(this.name, () -> this.value, TimeUnit.SECONDS)
                .tags(all)
                .description(this.description)
                .register(registry);
            case CUSTOM ->
                Meter
                    .builder(this.name, Meter.Type.OTHER,
                            Stream.of(Statistic.COUNT, Statistic.TOTAL, Statistic.MAX, Statistic.VALUE)
                                .map((statistic) -> new Measurement(this::value, statistic))
                                .toList())
                    .tags(all)
                    .baseUnit(this.unit)
                    .description(this.description)
                    .register(registry);
        };
        record(meter);
        return meter;
    }

    private void record(Meter meter) {
        if (meter instanceof Counter counter) {
            counter.increment(this.value);
        }
        else if (meter instanceof Timer timer) {
            timer.record((long) (this.value * 1e9), TimeUnit.NANOSECONDS);
        }
        else if (meter instanceof DistributionSummary summary) {
            summary.record(this.value);
        }
        else if (meter instanceof LongTaskTimer timer) {
            timer.start();
        }
    }

    private Timer.Builder timer(Tags all) {
        return Timer.builder(this.name).tags(all).description(this.description);
    }

    private DistributionSummary.Builder summary(Tags all) {
        return DistributionSummary.builder(this.name).tags(all).baseUnit(this.unit).description(this.description);
    }

    private LongTaskTimer.Builder longTaskTimer(Tags all) {
        return LongTaskTimer.builder(this.name).tags(all).description(this.description);
    }

    @Override
    public String toString() {
        return Fuzz.shown(
                this.kind + " '" + this.name + "' unit '" + this.unit + "' description '" + this.description + "' tags "
                        + this.tags.stream().collect(Collectors.joining("', '", "'", "'")) + " value " + this.value);
    }

}
