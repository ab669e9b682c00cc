package io.threadsafemetrics;

import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.window.Cells;
import io.threadsafemetrics.internal.window.StagedValues;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DD_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.JI_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZJJ_Result;

/**
 * The series of a metric: edges E1 to E3.
 */
public final class SeriesTableStress {

    private SeriesTableStress() {
    }

    @JCStressTest
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "both values in one series")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two series for one tag set: a value is lost")
    @State
    public static class AdmissionGivesOneSeries {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void one() {
            this.metric.addValue(1, StressMetrics.A);
        }

        @Actor
        public void other() {
            this.metric.addValue(1, StressMetrics.A);
        }

        @Arbiter
        public void after(JI_Result result) {
            MetricStatistics statistics = this.metric.series(StressMetrics.A).lifetime();
            result.r1 = statistics.count();
            result.r2 = this.metric.series().size();
        }

    }

    @JCStressTest
    @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "both values in one series")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Admitted without a lock")
    @State
    public static class AdmissionGivesOneSeriesControl {

        private final ConcurrentMap<Tags, AtomicInteger> series = new ConcurrentHashMap<>();

        @Actor
        public void one() {
            record();
        }

        @Actor
        public void other() {
            record();
        }

        private void record() {
            AtomicInteger known = this.series.get(StressMetrics.A);
            if (known == null) {
                known = new AtomicInteger();
                this.series.put(StressMetrics.A, known);
            }
            known.incrementAndGet();
        }

        @Arbiter
        public void after(JI_Result result) {
            result.r1 = this.series.getOrDefault(StressMetrics.A, new AtomicInteger()).get();
            result.r2 = this.series.size();
        }

    }

    @JCStressTest
    @Outcome(id = { "1", "2" }, expect = Expect.ACCEPTABLE, desc = "the own value, or both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value is staged for a number without a series")
    @State
    public static class StagedNumberHasItsSeries {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void admitter() {
            this.metric.addValue(1, StressMetrics.A);
        }

        @Actor
        public void reader(J_Result result) {
            this.metric.addValue(1, StressMetrics.A);
            result.r1 = this.metric.getStatistics().count();
        }

    }

    @JCStressTest
    @Outcome(id = { "1", "2" }, expect = Expect.ACCEPTABLE, desc = "the own value, or both")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "In the map before its number means something")
    @State
    public static class StagedNumberHasItsSeriesControl {

        private final ConcurrentMap<Tags, Integer> byTags = new ConcurrentHashMap<>();

        private final AtomicReferenceArray<Tags> byNumber = new AtomicReferenceArray<>(2);

        @Actor
        public void admitter() {
            this.byTags.put(StressMetrics.A, 1);
            this.byNumber.set(1, StressMetrics.A);
        }

        @Actor
        public void reader(J_Result result) {
            Integer number = this.byTags.get(StressMetrics.A);
            if (number == null) {
                result.r1 = 1;
            }
            else {
                result.r1 = (this.byNumber.get(number) != null) ? 2 : -1;
            }
        }

    }

    @JCStressTest
    @Outcome(id = { "0.0, 2.0", "1.0, 2.0" }, expect = Expect.ACCEPTABLE,
            desc = "forgotten with its series, or its first value")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value lands in the series that got the number of its own")
    @State
    public static class NoValueInAnotherSeries {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        private final MetricSeries a = this.metric.series(StressMetrics.A);

        @Actor
        public void writer() {
            this.a.addValue(1);
        }

        @Actor
        public void remover() {
            this.metric.reset();
            this.metric.addValue(2, StressMetrics.B);
        }

        @Arbiter
        public void after(DD_Result result) {
            result.r1 = this.a.lifetime().totalValue();
            result.r2 = this.metric.series(StressMetrics.B).lifetime().totalValue();
        }

    }

    @JCStressTest
    @Outcome(id = { "0.0, 2.0", "1.0, 2.0" }, expect = Expect.ACCEPTABLE,
            desc = "forgotten with its series, or its first value")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The number is read before the cell is taken")
    @State
    public static class NoValueInAnotherSeriesControl {

        private final MemoryAccount account = StressMetrics.context().newAccount();

        private final Cells cells = new Cells(this.account);

        private final double[] sums = new double[3];

        private volatile int numberOfA = 1;

        private int numberOfB;

        @Actor
        public void writer() {
            int number = this.numberOfA;
            StressMetrics.leave(this.cells, 1, (number != 0) ? number : 2);
        }

        @Actor
        public void remover() {
            this.cells.cut(0, false); // the values of A so far
            BitSet staged = new BitSet();
            this.cells.whileTaken((owners) -> {
                this.numberOfA = 0;
                staged.or(owners);
            });
            this.numberOfB = staged.get(1) ? 2 : 1;
            StressMetrics.leave(this.cells, 2, this.numberOfB);
        }

        @Arbiter
        public void after(DD_Result result) {
            this.cells.cut(0, false);
            for (StagedValues batch : this.cells.batches()) {
                for (int i = 0; i < batch.size(); i++) {
                    this.sums[batch.owner(i)] += batch.values()[i];
                }
            }
            result.r1 = this.sums[3 - this.numberOfB];
            result.r2 = this.sums[this.numberOfB];
        }

    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one series")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A series is counted twice, or not at all")
    @State
    public static class SeriesIsCountedOnce {

        private final ThreadSafeMetric metric = StressMetrics.metric();

        @Actor
        public void asker() {
            this.metric.series(StressMetrics.A);
        }

        @Actor
        public void writer() {
            this.metric.addValue(1, StressMetrics.A);
            this.metric.getStatistics();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = this.metric.getStatistics().seriesCount();
            result.r2 = this.metric.series().size();
        }

    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one series")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Shown without a lock")
    @State
    public static class SeriesIsCountedOnceControl {

        private final AtomicInteger count = new AtomicInteger();

        private volatile boolean visible;

        @Actor
        public void asker() {
            show();
        }

        @Actor
        public void writer() {
            show();
        }

        private void show() {
            if (!this.visible) {
                this.visible = true;
                this.count.incrementAndGet();
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = this.count.get();
            result.r2 = 1;
        }

    }

    @JCStressTest
    @Outcome(id = { "true, 1, 0", "false, 0, 0" }, expect = Expect.ACCEPTABLE, desc = "recorded before, or refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value is taken and not counted, or bytes are kept")
    @State
    public static class UnregisteredHoldsNothing {

        private final ThreadSafeMetricsCollector collector = StressMetrics.collector();

        private final long emptyBytes = this.collector.getSystemStatistics().estimatedMemoryBytes();

        private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("m").build());

        @Actor
        public void writer(ZJJ_Result result) {
            result.r1 = this.metric.addValue(1, StressMetrics.A);
        }

        @Actor
        public void remover() {
            this.collector.unregisterMetric("m");
        }

        @Arbiter
        public void after(ZJJ_Result result) {
            SystemStatistics statistics = this.collector.getSystemStatistics();
            result.r2 = statistics.totalValuesCollected();
            result.r3 = statistics.estimatedMemoryBytes() - this.emptyBytes;
        }

    }

    @JCStressTest
    @Outcome(id = { "true, 1, 0", "false, 0, 0" }, expect = Expect.ACCEPTABLE, desc = "recorded before, or refused")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "A series is admitted without the lock under which the table is closed")
    @State
    public static class UnregisteredHoldsNothingControl {

        private final MemoryAccount account = StressMetrics.context().newAccount();

        private volatile boolean closed;

        @Actor
        public void writer(ZJJ_Result result) {
            if (!this.closed) {
                this.account.reserve(100);
                result.r1 = true;
                result.r2 = 1;
            }
        }

        @Actor
        public void remover() {
            this.closed = true;
            this.account.releaseAll();
        }

        @Arbiter
        public void after(ZJJ_Result result) {
            result.r3 = this.account.bytes();
        }

    }

}
