package io.threadsafemetrics.sample;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BackgroundTaskTests {

    private final CountDownLatch runs = new CountDownLatch(3);

    private final AtomicReference<Thread> thread = new AtomicReference<>();

    private final BackgroundTask task = new BackgroundTask("test-task", Duration.ofMillis(1), this::run);

    private void run() {
        this.thread.set(Thread.currentThread());
        boolean first = this.runs.getCount() == 3;
        this.runs.countDown();
        if (first) {
            throw new IllegalStateException("The first run fails");
        }
    }

    @AfterEach
    void stop() {
        this.task.stop();
    }

    @Test
    void startWhenARunFailsRunsAgain() throws InterruptedException {
        this.task.start();
        assertThat(this.runs.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(this.task.isRunning()).isTrue();
        assertThat(this.thread.get().isDaemon()).isTrue();
    }

    @Test
    void stopEndsTheThread() throws InterruptedException {
        this.task.start();
        assertThat(this.runs.await(30, TimeUnit.SECONDS)).isTrue();
        this.task.stop();
        this.thread.get().join(30_000);
        assertThat(this.thread.get().isAlive()).isFalse();
        assertThat(this.task.isRunning()).isFalse();
    }

    @Test
    void startWhenStoppedRunsOnAnotherThread() throws InterruptedException {
        this.task.start();
        assertThat(this.runs.await(30, TimeUnit.SECONDS)).isTrue();
        this.task.stop();
        Thread first = this.thread.get();
        this.task.start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(this.thread.get()).isNotSameAs(first));
    }

}
