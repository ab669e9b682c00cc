package io.threadsafemetrics.spring.micrometer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ThreadSafeMetricsCollector;

/**
 * The meters that show where an alert rule stands: as Prometheus shows its own alerts,
 * but with 0 where the rule is in another state, so that a series has no gaps.
 */
final class AlertMeters {

    private static final String DESCRIPTION = "Whether the alert rule is in this state, 1 or 0";

    private AlertMeters() {
    }

    /**
     * Returns the meters of a rule, also of one that replaces it.
     */
    static List<MeterRequest> of(ThreadSafeMetricsCollector collector, String rule) {
        return Stream.of(AlertState.FIRING, AlertState.PENDING).map((state) -> of(collector, rule, state)).toList();
    }

    private static MeterRequest of(ThreadSafeMetricsCollector collector, String rule, AlertState state) {
        Tags tags = Tags.of(ExportMeterNames.RULE_TAG, rule, ExportMeterNames.STATE_TAG,
                state.name().toLowerCase(Locale.ROOT));
        return new MeterRequest(new Meter.Id(ExportMeterNames.ALERTS, tags, null, DESCRIPTION, Meter.Type.GAUGE),
                (registry) -> Gauge.builder(ExportMeterNames.ALERTS, collector, (source) -> read(source, rule, state))
                    .tags(tags)
                    .description(DESCRIPTION)
                    .register(registry),
                collector);
    }

    private static double read(ThreadSafeMetricsCollector collector, String rule, AlertState state) {
        return collector.findAlertState(rule).filter(state::equals).isPresent() ? 1 : 0;
    }

}
