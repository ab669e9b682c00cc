package io.threadsafemetrics.spring.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadsafemetrics.ActiveAlert;
import io.threadsafemetrics.AlertRule;
import io.threadsafemetrics.AlertState;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

/**
 * What an Alertmanager is to be told: news that it has not taken, in order, and what
 * fires, which it is told again and again. Threads: any; news are taken by one.
 */
final class OutgoingAlerts {

    static final int CAPACITY = 1000;

    // guarded by this
    private final Map<AlertRule, AlertmanagerAlert> firing = new LinkedHashMap<>();

    private final List<AlertmanagerAlert> news = new ArrayList<>(); // guarded by this

    /**
     * Adds news.
     * @return false if there is no room: what fires is told with the next repeat, an end
     * is not told
     */
    synchronized boolean add(AlertmanagerAlert alert) {
        if (!alert.isFiring()) {
            this.firing.remove(alert.rule());
        }
        else if (this.firing.size() < CAPACITY || this.firing.containsKey(alert.rule())) {
            this.firing.put(alert.rule(), alert);
        }
        return this.news.size() < CAPACITY && this.news.add(alert);
    }

    synchronized boolean isEmpty() {
        return this.news.isEmpty() && this.firing.isEmpty();
    }

    synchronized List<AlertmanagerAlert> news() {
        return List.copyOf(this.news);
    }

    /** Returns the news and all else that fires. */
    synchronized List<AlertmanagerAlert> all() {
        Set<AlertmanagerAlert> all = new LinkedHashSet<>(this.news);
        all.addAll(this.firing.values());
        return List.copyOf(all);
    }

    /** Forgets the news that were taken. */
    synchronized void taken(List<AlertmanagerAlert> alerts) {
        this.news.removeAll(new HashSet<>(alerts));
    }

    /**
     * Forgets news that were not taken and that another post makes up for: of what fires,
     * and of what ended so long ago that the Alertmanager has ended it by itself.
     */
    synchronized void refused(List<AlertmanagerAlert> alerts, Instant now, Duration expiry) {
        Set<AlertmanagerAlert> told = new HashSet<>(alerts);
        this.news.removeIf((alert) -> told.contains(alert) && (alert.isFiring() || alert.isExpired(now, expiry)));
    }

    /**
     * Brings what fires up to date. An event may have been dropped: without this, what it
     * should have ended would fire for ever.
     */
    void update(ThreadSafeMetricsCollector collector, Instant now) {
        List<AlertmanagerAlert> before;
        synchronized (this) { // not while the collector is asked: it has locks of its own
            before = List.copyOf(this.firing.values());
        }
        Set<AlertRule> rules = new HashSet<>(collector.getAlertRules());
        Map<String, ActiveAlert> active = new HashMap<>();
        collector.getActiveAlerts()
            .stream()
            .filter((alert) -> alert.state() == AlertState.FIRING)
            .forEach((alert) -> active.put(alert.rule(), alert));
        synchronized (this) {
            before.stream()
                // unless an event came meanwhile
                .filter((alert) -> alert.equals(this.firing.get(alert.rule())))
                .forEach((alert) -> update(alert, rules.contains(alert.rule()) ? active.get(alert.rule().name()) : null,
                        now));
        }
    }

    private void update(AlertmanagerAlert alert, @Nullable ActiveAlert current, Instant now) {
        if (current != null) {
            this.firing.put(alert.rule(), alert.withValue(current.value()));
        }
        else {
            add(alert.endedAt(now));
        }
    }

}
