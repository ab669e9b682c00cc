package io.threadsafemetrics;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The global collector, exchanged beside those who ask for it. There is one for all
 * states of a test, and one actor that exchanges it.
 */
public final class GlobalMetricsStress {

    private static final ThreadSafeMetricsCollector COLLECTOR = StressMetrics.collector();

    private static final ThreadSafeMetricsCollector DEFAULT = StressMetrics.collector();

    private GlobalMetricsStress() {
    }

    private static boolean isAlways(BooleanSupplier fact) {
        boolean always = true;
        for (int i = 0; i < 10; i++) {
            always &= fact.getAsBoolean();
        }
        return always;
    }

    private static void close(AutoCloseable installation) {
        try {
            installation.close();
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the one installed, and any")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An asker writes back what was global before")
    @State
    public static class InstalledIsNotUndone {

        @Actor
        public void installer(ZZ_Result result) {
            AutoCloseable installation = GlobalMetrics.install(COLLECTOR);
            result.r1 = isAlways(() -> GlobalMetrics.get() == COLLECTOR);
            close(installation);
        }

        @Actor
        public void asker(ZZ_Result result) {
            result.r2 = isAlways(() -> GlobalMetrics.get() != null);
        }

    }

    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the one installed, and any")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "What was found is written after the lock was given back")
    @State
    public static class InstalledIsNotUndoneControl {

        @Actor
        public void installer(ZZ_Result result) {
            AutoCloseable installation = FoundOutsideTheLock.install(COLLECTOR);
            result.r1 = isAlways(() -> FoundOutsideTheLock.get() == COLLECTOR);
            close(installation);
        }

        @Actor
        public void asker(ZZ_Result result) {
            result.r2 = isAlways(() -> FoundOutsideTheLock.get() != null);
        }

    }

    /** As the original, but for where {@code current} is written. */
    private static final class FoundOutsideTheLock {

        private static final Object lock = new Object();

        private static ThreadSafeMetricsCollector installed = DEFAULT;

        private static volatile @Nullable ThreadSafeMetricsCollector current;

        static ThreadSafeMetricsCollector get() {
            ThreadSafeMetricsCollector known = current;
            if (known != null) {
                return known;
            }
            ThreadSafeMetricsCollector found;
            synchronized (lock) {
                found = installed;
            }
            current = found;
            return found;
        }

        static AutoCloseable install(ThreadSafeMetricsCollector collector) {
            become(collector);
            return () -> become(DEFAULT);
        }

        private static void become(ThreadSafeMetricsCollector collector) {
            synchronized (lock) {
                installed = collector;
                current = null;
            }
        }

    }

}
