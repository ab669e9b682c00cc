package io.threadsafemetrics.spring.micrometer;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.core.instrument.Meter;

/**
 * Reads the meters that nobody records with, as gauges and function counters, at an
 * interval. Has daemon threads of its own, since a function of the application may block:
 * one for that, and one, when needed, that takes removed meters out of the collector.
 * Threads: any.
 */
final class MeterSampler implements AutoCloseable {

    private static final System.Logger logger = System.getLogger(ThreadSafeMetricsMeterRegistry.class.getName());

    private static final String THREAD = "threadsafe-metrics-micrometer";

    private static final int THREADS = 2;

    private static final long KEEP_ALIVE_SECONDS = 10;

    /** An application that has just started wants to see its meters. */
    private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PATIENCE_MILLIS = 500;

    private final ConcurrentMap<Meter.Id, SampledMeter> meters = new ConcurrentHashMap<>();

    private final ScheduledThreadPoolExecutor executor = newExecutor();

    private final ReentrantLock sampling = new ReentrantLock();

    private final AtomicBoolean started = new AtomicBoolean();

    private final Duration interval;

    private final Runnable task;

    /**
     * Creates a sampler, whose threads start when there is something to do.
     * @param interval how often the task is done, zero for never
     * @param task what is done in the interval
     */
    MeterSampler(Duration interval, Runnable task) {
        this.interval = interval;
        this.task = task;
    }

    private static ScheduledThreadPoolExecutor newExecutor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, (task) -> {
            Thread thread = new Thread(task, THREAD);
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy()); // after close
        executor.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Starts to do the task in the interval. Doing so again does nothing. */
    @SuppressWarnings("FutureReturnValueIgnored") // runTask() throws nothing
    void start() {
        if (!this.interval.isZero() && this.started.compareAndSet(false, true)) {
            long delay = this.interval.toNanos();
            this.executor.scheduleWithFixedDelay(this::runTask, Math.min(delay, FIRST_DELAY_NANOS), delay,
                    TimeUnit.NANOSECONDS);
        }
    }

    private void runTask() {
        try {
            this.task.run();
        }
        catch (Throwable ex) { // else there would be no next time
            logger.log(System.Logger.Level.WARNING, "Could not read all meters", ex);
        }
    }

    /** Does something soon on a thread that holds no lock. */
    void later(Runnable action) {
        this.executor.execute(action);
    }

    void add(Meter meter, CollectorLink link) {
        this.meters.put(meter.getId(), new SampledMeter(meter, link));
    }

    void remove(Meter.Id id) {
        SampledMeter removed = this.meters.remove(id);
        if (removed != null) {
            removed.end(SeriesSink::remove);
        }
    }

    /** Reads all meters now, unless another thread is about it. */
    void sample() {
        if (this.sampling.tryLock()) {
            try {
                this.meters.values().forEach(SampledMeter::sample);
            }
            finally {
                this.sampling.unlock();
            }
        }
    }

    /**
     * Ends the threads: after what is to be done soon, and one that is blocked by an
     * interrupt.
     */
    @Override
    public void close() {
        this.executor.shutdown();
        try {
            this.executor.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        this.executor.shutdownNow();
        this.meters.values().forEach((meter) -> meter.end(SeriesSink::close));
        this.meters.clear();
    }

}
