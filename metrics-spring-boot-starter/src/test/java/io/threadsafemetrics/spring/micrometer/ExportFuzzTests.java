package io.threadsafemetrics.spring.micrometer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.spring.Fuzz;
import io.threadsafemetrics.spring.micrometer.FuzzedApplication.Scrape;
import io.threadsafemetrics.spring.micrometer.FuzzedApplication.Step;
import io.threadsafemetrics.spring.micrometer.FuzzedApplication.Story;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever meters and metrics are called, an application that shows its collector has
 * what it has without: the same meters, and a scrape that succeeds. Each series is there,
 * too, or counted, and then something is in its way.
 */
class ExportFuzzTests {

    private static final List<String> TEXTS = List.of("text/plain", "application/openmetrics-text");

    private static final String PROTOBUF = "application/vnd.google.protobuf; "
            + "proto=io.prometheus.client.MetricFamily; encoding=delimited";

    /** Tells of hundreds of odd names. */
    private final Logger logger = Logger.getLogger(ThreadSafeMetricsMeterBinder.class.getName());

    @BeforeEach
    void silence() {
        this.logger.setLevel(Level.OFF);
    }

    @AfterEach
    void restore() {
        this.logger.setLevel(null);
    }

    @Test
    void anyMetersAreAsWithoutTheExportAndAnySeriesIsShownOrCounted() {
        Fuzz.check(300, FuzzedApplication.stories(), (story) -> {
            try (FuzzedApplication shown = new FuzzedApplication(story.registries());
                    FuzzedApplication plain = new FuzzedApplication(story.registries())) {
                tell(story, shown, plain);
            }
        });
    }

    private static void tell(Story story, FuzzedApplication shown, FuzzedApplication plain) {
        for (int i = 0; i < story.steps().size(); i++) {
            if (i == story.bound()) {
                shown.bind();
            }
            Step step = story.steps().get(i);
            List<String> expected = plain.step(step);
            List<String> outcomes = shown.step(step);
            for (int k = 0; k < expected.size(); k++) {
                if (expected.get(k).equals(FuzzedApplication.DONE)) {
                    assertThat(outcomes.get(k)).as("to the application: %s", step).isEqualTo(FuzzedApplication.DONE);
                }
                else if (story.registries().isComposite()) {
                    return; // chance decides which of its parts have the meter
                }
            }
            if (step instanceof Scrape && i >= story.bound()) {
                check(shown, plain);
            }
        }
        shown.bind();
        check(shown, plain);
        check(shown, plain); // again: what is left out is counted once
        assertThat(shown.collector.getSystemStatistics().collectionErrors()).isZero();
    }

    private static void check(FuzzedApplication shown, FuzzedApplication plain) {
        checkMeters(shown, plain);
        checkSeries(shown.simple, new ExpectedSeries(shown).missingIn(shown.simple, shown.everOwn()));
        TEXTS.forEach((format) -> checkScrape(format, shown, plain));
        if (scrape(plain, PROTOBUF) != null) {
            assertThat(scrape(shown, PROTOBUF)).isNotNull();
        }
    }

    /** The application's own meters. */
    private static void checkMeters(FuzzedApplication shown, FuzzedApplication plain) {
        Map<Meter.Id, Meter> meters = byId(shown.simple);
        byId(plain.simple).forEach((id, meter) -> {
            if (id.syntheticAssociation() != null) {
                // a percentile, which no filter sees: a series with a tag phi may be
                // there
                return;
            }
            assertThat(meters).as("meters of the application").containsKey(id);
            assertThat(meters.get(id)).hasSameClassAs(meter);
            assertThat(figures(meters.get(id))).as("%s", id).isEqualTo(figures(meter));
        });
    }

    private static Map<Meter.Id, Meter> byId(MeterRegistry registry) {
        return registry.getMeters().stream().collect(Collectors.toMap(Meter::getId, Function.identity()));
    }

    private static List<Double> figures(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false).map(Measurement::getValue).toList();
    }

    private static void checkScrape(String format, FuzzedApplication shown, FuzzedApplication plain) {
        Exposition expected = exposition(plain, format);
        if (expected == null || !expected.faults().isEmpty()) {
            return; // the application's own meters are in the way of each other
        }
        Exposition all = exposition(shown, format);
        assertThat(all).as("scrape").isNotNull();
        assertThat(all.faults()).isEmpty();
        assertThat(all.samples()).containsAllEntriesOf(expected.samples());
        checkSeries(shown.prometheus, new ExpectedSeries(shown).missingIn(all, expected));
    }

    /** What is missing for a reason, and so has to be counted. */
    private static void checkSeries(MeterRegistry registry, Set<?> missing) {
        double skipped = registry.get(ExportMeterNames.EXPORT_SKIPPED).functionCounter().count();
        assertThat(skipped).as("counted, of " + missing).isGreaterThanOrEqualTo(missing.size());
    }

    private static @Nullable Exposition exposition(FuzzedApplication application, String format) {
        String text = scrape(application, format);
        return (text != null) ? Exposition.parse(text, format.contains("openmetrics")) : null;
    }

    private static @Nullable String scrape(FuzzedApplication application, String format) {
        try {
            return application.prometheus.scrape(format);
        }
        catch (RuntimeException ex) {
            return null;
        }
    }

}
