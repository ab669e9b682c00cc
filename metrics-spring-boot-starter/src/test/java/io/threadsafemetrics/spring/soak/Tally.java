package io.threadsafemetrics.spring.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What those who record, register and fail have counted themselves. Threads: any.
 */
final class Tally {

    final LongAdder refusedMetrics = new LongAdder();

    final LongAdder failedCallbacks = new LongAdder();

    final LongAdder alertsTold = new LongAdder();

    final LongAdder resets = new LongAdder();

    final LongAdder requests = new LongAdder();

    private final LongAdder refused = new LongAdder();

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    Account of(String metric) {
        return this.accounts.computeIfAbsent(metric, (name) -> new Account(this.refused));
    }

    boolean knows(String metric) {
        return this.accounts.containsKey(metric);
    }

    long accepted() {
        return this.accounts.values().stream().mapToLong(Account::accepted).sum();
    }

    long refused() {
        return this.refused.sum();
    }

    @Override
    public String toString() {
        return accepted() + " values and " + this.requests + " requests, " + this.alertsTold + " alerts, " + this.resets
                + " resets";
    }

    /** What a metric was given. Values are whole numbers, whose sums are exact. */
    static final class Account {

        private final LongAdder accepted = new LongAdder();

        private final LongAdder total = new LongAdder();

        private final LongAdder refused;

        private Account(LongAdder refused) {
            this.refused = refused;
        }

        boolean add(long value, boolean taken) {
            if (taken) {
                this.total.add(value);
                this.accepted.increment();
            }
            else {
                this.refused.increment();
            }
            return taken;
        }

        long accepted() {
            return this.accepted.sum();
        }

        long total() {
            return this.total.sum();
        }

    }

}
