package io.threadsafemetrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadsafemetrics.internal.util.MemoryBudget.Use;
import org.jspecify.annotations.Nullable;

/**
 * The alert rules of a collector by name, in the order in which they were added, and the
 * bytes that they take. Threads: the evaluator's lock.
 */
final class AlertRules {

    private final CollectorContext context;

    private Map<String, AlertStanding> standings = new LinkedHashMap<>();

    private int most; // since the map was made

    AlertRules(CollectorContext context) {
        this.context = context;
    }

    @Nullable AlertStanding find(String name) {
        return this.standings.get(name);
    }

    /** Whether a standing is neither removed nor replaced. */
    boolean hold(AlertStanding standing) {
        return this.standings.get(standing.rule.name()) == standing;
    }

    boolean ask(String metric) {
        return this.standings.values().stream().anyMatch((standing) -> standing.rule.metric().equals(metric));
    }

    List<AlertStanding> all() {
        return List.copyOf(this.standings.values());
    }

    /**
     * Adds a rule.
     * @return what stood in its place, or null
     * @throws IllegalStateException if there is no room
     */
    @Nullable AlertStanding put(AlertRule rule) {
        long bytes = AlertStanding.HEAP_BYTES + rule.heapBytes(this.context.paidTags);
        if (!this.context.budget.tryReserve(bytes, Use.SERIES)) {
            throw new IllegalStateException(
                    "Could not add " + rule + ": there is no room, with " + this.context.budget);
        }
        AlertStanding before = this.standings.put(rule.name(), new AlertStanding(rule, bytes));
        this.most = Math.max(this.most, this.standings.size());
        return released(before);
    }

    @Nullable AlertStanding remove(String name) {
        AlertStanding removed = this.standings.remove(name);
        if (this.standings.size() < this.most / 4) { // the table of a map never shrinks
            this.standings = new LinkedHashMap<>(this.standings);
            this.most = this.standings.size();
        }
        return released(removed);
    }

    private @Nullable AlertStanding released(@Nullable AlertStanding gone) {
        if (gone != null) {
            this.context.budget.release(gone.heapBytes);
        }
        return gone;
    }

}
