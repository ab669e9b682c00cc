package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.threadsafemetrics.ValueModel.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a collector should do with its alert rules: all values in lists, and for each rule
 * where it stands.
 */
final class AlertModel {

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    private final Map<String, Standing> standings = new LinkedHashMap<>();

    /** What callbacks should have been told. */
    final List<AlertEvent> told = new ArrayList<>();

    private long now;

    private Instant wallClock = Instant.EPOCH;

    void setTime(long now, Instant wallClock) {
        this.now = now;
        this.wallClock = wallClock;
    }

    boolean register(String name, Duration retention) {
        return this.metrics.putIfAbsent(name, new Metric(retention, new ValueModel(Integer.MAX_VALUE))) == null;
    }

    boolean unregister(String name) {
        return this.metrics.remove(name) != null;
    }

    void reset(String name) {
        this.metrics.get(name).values.reset();
    }

    boolean has(String name) {
        return this.metrics.containsKey(name);
    }

    void record(String name, double value, Tags tags) {
        this.metrics.get(name).values.add(this.now, value, tags);
    }

    /** Answers whether the rule is allowed. */
    boolean add(AlertRule rule) {
        Metric metric = this.metrics.get(rule.metric());
        if (metric != null && metric.isTooShortFor(rule)) {
            return false;
        }
        Standing before = this.standings.get(rule.name());
        if (before == null || !before.rule.equals(rule)) {
            end(before);
            this.standings.put(rule.name(), new Standing(rule));
        }
        return true;
    }

    boolean remove(String name) {
        Standing removed = this.standings.remove(name);
        end(removed);
        return removed != null;
    }

    private void end(@Nullable Standing standing) {
        if (standing != null && standing.state == AlertState.FIRING) {
            this.told.add(standing.event(AlertState.RESOLVED, false));
        }
    }

    List<AlertEvent> evaluate() {
        List<AlertEvent> events = this.standings.values()
            .stream()
            .map(Standing::evaluate)
            .filter(Objects::nonNull)
            .toList();
        events.stream()
            .filter((event) -> event.state() == AlertState.FIRING || event.state() == AlertState.RESOLVED)
            .forEach(this.told::add);
        return events;
    }

    List<ActiveAlert> active() {
        return this.standings.values()
            .stream()
            .filter((standing) -> standing.state != AlertState.OK)
            .map((standing) -> new ActiveAlert(standing.rule.name(), standing.rule.metric(), standing.state,
                    standing.value, standing.rule.threshold(), instant(standing.since)))
            .toList();
    }

    private Instant instant(long time) {
        return this.wallClock.minusNanos(this.now - time);
    }

    private @Nullable Double figure(AlertRule rule, Metric metric) {
        Duration asked = Objects.requireNonNullElse(rule.window(), metric.retention);
        double[] sorted = metric.values.between(this.now - asked.toNanos(), this.now, rule.tags()::matches)
            .stream()
            .mapToDouble(Entry::value)
            .sorted()
            .toArray();
        return (sorted.length < rule.minCount()) ? null : figure(rule, sorted, asked);
    }

    private static double figure(AlertRule rule, double[] sorted, Duration asked) {
        double sum = 0;
        for (double value : sorted) {
            sum += value;
        }
        int count = sorted.length;
        return switch (rule.aggregation()) {
            case SUM -> sum;
            case AVERAGE -> sum / count;
            case MIN -> sorted[0];
            case MAX -> sorted[count - 1];
            case COUNT -> count;
            case PERCENTILE -> sorted[(int) Math.min((long) (rule.percentile() / 100 * count), count - 1)];
            case RATE -> (count < 2) ? 0 : count / (asked.toNanos() / 1e9);
        };
    }

    private record Metric(Duration retention, ValueModel values) {

        boolean isTooShortFor(AlertRule rule) {
            return rule.window() != null && rule.window().compareTo(this.retention) > 0;
        }

    }

    private final class Standing {

        private final AlertRule rule;

        private AlertState state = AlertState.OK;

        private @Nullable Double value;

        private long since;

        private long lastTold;

        Standing(AlertRule rule) {
            this.rule = rule;
        }

        @Nullable AlertEvent evaluate() {
            boolean breached = isBreached();
            long now = AlertModel.this.now;
            switch (this.state) {
                case OK, PENDING -> {
                    if (!breached) {
                        return (this.state == AlertState.PENDING) ? go(AlertState.OK, AlertState.OK) : null;
                    }
                    boolean begins = this.state == AlertState.OK;
                    this.since = begins ? now : this.since;
                    if (now >= this.since + this.rule.holdFor().toNanos()) {
                        return go(AlertState.FIRING, AlertState.FIRING);
                    }
                    return begins ? go(AlertState.PENDING, AlertState.PENDING) : null;
                }
                case FIRING -> {
                    if (!breached) {
                        return go(AlertState.OK, AlertState.RESOLVED);
                    }
                    Duration every = this.rule.repeatEvery();
                    if (every != null && now >= this.lastTold + every.toNanos()) {
                        this.lastTold = now;
                        return event(AlertState.FIRING, true);
                    }
                    return null;
                }
                default -> throw new AssertionError(this.state);
            }
        }

        private boolean isBreached() {
            Metric metric = AlertModel.this.metrics.get(this.rule.metric());
            if (metric != null && metric.isTooShortFor(this.rule)) {
                this.value = null;
                return false;
            }
            this.value = (metric != null) ? figure(this.rule, metric) : null;
            if (this.value == null) {
                return this.rule.onNoData() == AlertState.FIRING;
            }
            double level = (this.state == AlertState.FIRING) ? this.rule.resolveAt() : this.rule.threshold();
            return this.rule.above().isPresent() ? this.value > level : this.value < level;
        }

        private AlertEvent go(AlertState next, AlertState toldAs) {
            this.state = next;
            this.lastTold = AlertModel.this.now;
            return event(toldAs, false);
        }

        AlertEvent event(AlertState toldAs, boolean repeat) {
            return new AlertEvent(this.rule, toldAs, this.value, AlertModel.this.wallClock, instant(this.since),
                    repeat);
        }

    }

}
