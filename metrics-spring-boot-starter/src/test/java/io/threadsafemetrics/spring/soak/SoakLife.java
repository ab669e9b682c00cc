package io.threadsafemetrics.spring.soak;

import java.net.http.HttpClient;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.SystemStatistics;
import io.threadsafemetrics.Tags;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.spring.alert.AlertmanagerWebhook;
import org.awaitility.Awaitility;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application from its start to its end, and what goes on meanwhile.
 */
final class SoakLife implements AutoCloseable {

    private static final int CORE_WRITERS = 2;

    private static final int METER_WRITERS = 2;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Two thirds of what there is. */
    private static final long MOST_HEAP_BYTES = 64L << 20;

    private final Tally tally = new Tally();

    private final JumpingClock clock = new JumpingClock();

    private final ConfigurableApplicationContext context;

    private final ThreadSafeMetricsCollector collector;

    private final MeterRegistry registry;

    private final SoakClient client;

    private final SoakMetrics metrics;

    SoakLife(HttpClient http, String alertmanager) throws Exception {
        SoakLog.clear();
        this.context = SoakApplication.start(this.tally, this.clock, alertmanager);
        this.collector = this.context.getBean(ThreadSafeMetricsCollector.class);
        this.registry = this.context.getBean(MeterRegistry.class);
        int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.client = new SoakClient(http, port, this.tally);
        this.metrics = new SoakMetrics(this.collector);
        findRoom();
    }

    /** Before a flood of names takes it: all meters have been read, or recorded to. */
    private void findRoom() throws Exception {
        new CoreWriter(this.metrics, this.tally, 0).run();
        new MeterWriter(this.registry, this.tally).run();
        churn().ofMeters(this.registry);
        new PagePoller(this.client).page();
        // the health of the database fills its pool
        new ActuatorPoller(this.client).others();
        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> this.collector.getMetricStatistics("process.uptime")
                .filter((it) -> it.count() > 1)
                .isPresent());
    }

    void run(Duration time) throws InterruptedException {
        Tasks tasks = new Tasks();
        for (int i = 0; i < CORE_WRITERS; i++) {
            tasks.add("core-writer", Duration.ZERO, new CoreWriter(this.metrics, this.tally, i));
        }
        for (int i = 0; i < METER_WRITERS; i++) {
            tasks.add("meter-writer", Duration.ZERO, new MeterWriter(this.registry, this.tally));
        }
        tasks.add("core-reader", Duration.ofMillis(10), new CoreReader(this.metrics, this.tally, 100));
        addChurn(tasks);
        addRequests(tasks);
        tasks.add("clock", Duration.ofMillis(50), this.clock::jump);
        AlertmanagerWebhook webhook = this.context.getBean(AlertmanagerWebhook.class);
        tasks.run(time, () -> hasEnoughHappened(webhook));
    }

    private void addChurn(Tasks tasks) {
        tasks.add("metric-churn", Duration.ofMillis(1), churn()::ofAMetric);
        tasks.add("name-churn", Duration.ofMillis(50), churn()::ofNames);
        tasks.add("reset", Duration.ofMillis(20), churn()::byReset);
        tasks.add("delete", Duration.ofMillis(20), churn()::byDelete);
        tasks.add("rule-churn", Duration.ofMillis(100), churn()::ofRules);
        Churn meters = churn();
        tasks.add("meter-churn", Duration.ofMillis(5), () -> meters.ofMeters(this.registry));
    }

    private Churn churn() {
        return new Churn(this.metrics, this.tally, this.client);
    }

    private void addRequests(Tasks tasks) {
        PagePoller page = new PagePoller(this.client);
        tasks.add("page", Duration.ofSeconds(1), page::page);
        tasks.add("overview", Duration.ofMillis(200), page::overview);
        tasks.add("metric", Duration.ofMillis(100), () -> page.metric("soak.flooded", "id"));
        tasks.add("hostile-metric", Duration.ofMillis(100), () -> page.metric(this.metrics.hostile.name(), "le"));
        ActuatorPoller actuator = new ActuatorPoller(this.client);
        tasks.add("text-scrape", Duration.ofMillis(500), actuator::scrapeText);
        tasks.add("native-scrape", Duration.ofMillis(500), actuator::scrapeNatively);
        tasks.add("actuator", Duration.ofMillis(200), actuator::others);
    }

    void check() throws Exception {
        AlertmanagerWebhook webhook = this.context.getBean(AlertmanagerWebhook.class);
        Books books = new Books(this.metrics, this.tally);
        books.checkMetrics();
        books.checkSystem(webhook.droppedEvents());
        for (MeterRegistry each : this.context.getBeansOfType(MeterRegistry.class).values()) {
            books.checkMeters(each);
        }
        checkEnoughHappened(webhook);
        checkHeap();
        assertThat(this.context.getBean(BadCallbacks.class).blockForGood()).as("a callback blocks").isTrue();
    }

    private boolean hasEnoughHappened(AlertmanagerWebhook webhook) {
        SystemStatistics system = this.collector.getSystemStatistics();
        return system.overflowedValues() > 0 && system.droppedMetadata() > 0 && system.refusedMetrics() > 0
                && this.tally.alertsTold.sum() > 0 && this.tally.resets.sum() > 0 && webhook.failedPosts() > 0;
    }

    private void checkEnoughHappened(AlertmanagerWebhook webhook) {
        String happened = this.tally + ", " + this.collector.getSystemStatistics() + ", failed posts "
                + webhook.failedPosts();
        assertThat(hasEnoughHappened(webhook)).as(happened).isTrue();
        assertThat(webhook.sentPosts()).as("posts taken").isZero();
        System.out.println("Soaked: " + happened);
    }

    private static void checkHeap() {
        long heap = Remains.usedHeap();
        assertThat(heap).as("heap that is used").isLessThan(MOST_HEAP_BYTES);
        System.out.println("Heap: " + (heap >> 20) + " MiB");
    }

    /** A callback blocks, and writers do not know that it is over. */
    @Override
    public void close() {
        MetricSeries handle = this.metrics.ones.series(Tags.of("writer", "0"));
        long start = System.nanoTime();
        this.context.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time to close").isLessThan(LIMIT);
        assertThat(handle.addValue(1)).as("taken when all is over").isFalse();
        SoakLog.check();
    }

}
