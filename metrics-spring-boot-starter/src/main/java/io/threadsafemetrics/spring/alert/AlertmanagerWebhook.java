package io.threadsafemetrics.spring.alert;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.AlertEvent;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/**
 * Tells an Alertmanager of alerts: posts each event and, every minute, all that fires.
 * <p>
 * What fires ends four minutes after it was told of for the last time, what is resolved
 * ends now. So when this process ends, its alerts run out; one that fires again by then
 * in the next process has not ended in between.
 * <p>
 * <b>Threads.</b> Callbacks return at once. A thread of its own posts, as long as there
 * is something to post or an alert fires. <b>Loss.</b> A post that fails is tried again
 * after 1, 2, 4 and then each time 8 seconds, as often as the settings say, and then
 * counted in {@link #failedPosts()}. What fires is in the next minute's post; what was
 * resolved is, too, until it has run out. At most 1,000 events wait; more are counted in
 * {@link #droppedEvents()}.
 *
 * @since 0.1.0
 */
public final class AlertmanagerWebhook implements AlertCallback, SmartLifecycle, Ordered {

    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OutgoingAlerts alerts = new OutgoingAlerts();

    private final LongAdder dropped = new LongAdder();

    private final AlertmanagerPosts posts;

    private final AlertmanagerSettings settings;

    private final WebhookPace pace;

    private final Object lock = new Object();

    // guarded by lock: posts, null while there is nothing to post
    private @Nullable Thread thread;

    private boolean running; // guarded by lock

    private boolean news; // guarded by lock

    private long repeatNanos; // guarded by lock: when to post all that fires

    /**
     * Creates a webhook, which posts from when it is started until it is stopped.
     * @param collector whose alerts it tells of
     * @param settings where the Alertmanager is
     */
    public AlertmanagerWebhook(ThreadSafeMetricsCollector collector, AlertmanagerSettings settings) {
        this(collector, settings, WebhookPace.DEFAULT);
    }

    AlertmanagerWebhook(ThreadSafeMetricsCollector collector, AlertmanagerSettings settings, WebhookPace pace) {
        this.settings = settings;
        this.pace = pace;
        this.posts = new AlertmanagerPosts(this.alerts, collector, settings, pace);
    }

    /**
     * Takes an event, to be posted on another thread.
     * @param event the event
     * @throws IllegalStateException if 1,000 events wait
     */
    @Override
    public void onAlert(AlertEvent event) {
        boolean added = this.alerts.add(AlertmanagerAlert.of(event, Instant.now()));
        synchronized (this.lock) {
            this.news = true;
            wake();
        }
        if (!added) {
            this.dropped.increment();
            throw new IllegalStateException(OutgoingAlerts.CAPACITY + " alerts wait for the Alertmanager");
        }
    }

    /** Starts to post. */
    @Override
    public void start() {
        synchronized (this.lock) {
            this.running = true;
            this.news = true; // of before, also of before it was stopped
            wake();
        }
    }

    private void wake() {
        if (this.thread != null) {
            this.lock.notifyAll();
        }
        else if (this.running && !this.alerts.isEmpty()) {
            this.repeatNanos = System.nanoTime() + this.pace.repeat().toNanos();
            Thread created = new Thread(this::run, "threadsafe-metrics-webhook");
            created.setDaemon(true);
            this.thread = created;
            created.start();
        }
    }

    private void run() {
        try (AlertmanagerClient client = new AlertmanagerClient(this.settings)) {
            for (Work work = await(); work != Work.NONE; work = await()) {
                this.posts.post(client, work == Work.ALL);
            }
        }
        catch (InterruptedException ex) {
            // stopped
        }
    }

    /** Waits for work. After NONE, the thread is no longer the one that posts. */
    private Work await() throws InterruptedException {
        synchronized (this.lock) {
            while (this.thread == Thread.currentThread()) {
                long left = this.repeatNanos - System.nanoTime();
                if (left <= 0 || this.news) {
                    this.news = false;
                    this.repeatNanos += (left <= 0) ? this.pace.repeat().toNanos() - left : 0;
                    return (left <= 0) ? Work.ALL : Work.NEWS;
                }
                if (this.alerts.isEmpty()) {
                    this.thread = null;
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this.lock, Math.max(left, MIN_WAIT_NANOS));
            }
            return Work.NONE;
        }
    }

    /** Stops to post, at once: what fires is left to run out. */
    @Override
    public void stop() {
        Thread ending;
        synchronized (this.lock) {
            this.running = false;
            ending = this.thread;
            this.thread = null;
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(STOP_MILLIS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        synchronized (this.lock) {
            return this.running;
        }
    }

    /**
     * Returns how many posts the Alertmanager has taken.
     * @return since it was created
     */
    public long sentPosts() {
        return this.posts.sent.sum();
    }

    /**
     * Returns how many posts it has not taken, each after all attempts.
     * @return since it was created
     */
    public long failedPosts() {
        return this.posts.failed.sum();
    }

    /**
     * Returns how many events found no room to wait in.
     * @return since it was created
     */
    public long droppedEvents() {
        return this.dropped.sum();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private enum Work {

        NONE, NEWS, ALL

    }

}
