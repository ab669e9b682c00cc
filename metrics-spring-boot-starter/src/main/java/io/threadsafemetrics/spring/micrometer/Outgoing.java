package io.threadsafemetrics.spring.micrometer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the meters of the export measure. {@link ThreadSafeMetricsMeterRegistry} tells
 * them apart by it, so that nothing that the collector sends out comes in again.
 */
interface Outgoing {

    /**
     * Names of the meters that are being registered. A registry that is part of a
     * composite learns of them on the same thread.
     */
    Map<Thread, String> UNDER_WAY = new ConcurrentHashMap<>();

    /** Registers a meter of the export. */
    static <T> T register(String name, Supplier<T> registration) {
        UNDER_WAY.put(Thread.currentThread(), name);
        try {
            return registration.get();
        }
        finally {
            UNDER_WAY.remove(Thread.currentThread());
        }
    }

    /**
     * Whether this thread is registering a meter of a series, whatever filters have
     * called it meanwhile.
     */
    static boolean isSeriesUnderWay() {
        String name = UNDER_WAY.get(Thread.currentThread());
        return name != null && !name.startsWith(ExportMeterNames.PREFIX);
    }

    /** Whether this thread is registering any meter of the export. */
    static boolean isUnderWay() {
        return UNDER_WAY.containsKey(Thread.currentThread());
    }

    /** Whether this thread is registering a meter of the export with that name. */
    static boolean isUnderWay(String name) {
        return name.equals(UNDER_WAY.get(Thread.currentThread()));
    }

}
