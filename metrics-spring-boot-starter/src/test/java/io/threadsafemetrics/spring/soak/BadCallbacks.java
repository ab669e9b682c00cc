package io.threadsafemetrics.spring.soak;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.threadsafemetrics.AlertCallback;
import io.threadsafemetrics.spring.autoconfigure.MetricAlertEvent;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/**
 * Alert callbacks as bad as they can be, each of which counts what it does.
 */
@Configuration(proxyBeanMethods = false)
class BadCallbacks {

    private static final int NOW_AND_THEN = 20;

    private static final int SLOW_MILLIS = 10;

    private static final int BLOCKED_MILLIS = 1000;

    private final Tally tally;

    private final CountDownLatch blocked = new CountDownLatch(1);

    private volatile boolean blocksForGood;

    BadCallbacks(Tally tally) {
        this.tally = tally;
    }

    /**
     * Lets the next event block until it is interrupted.
     * @return whether it does
     */
    boolean blockForGood() throws InterruptedException {
        this.blocksForGood = true;
        return this.blocked.await(60, TimeUnit.SECONDS);
    }

    @Bean
    @Order(1)
    AlertCallback throwing() {
        return (event) -> {
            this.tally.alertsTold.increment();
            this.tally.failedCallbacks.increment();
            throw new IllegalStateException("I am no good");
        };
    }

    @Bean
    @Order(2)
    AlertCallback failing() {
        return (event) -> {
            this.tally.failedCallbacks.increment();
            throw new StackOverflowError("I am no better");
        };
    }

    @Bean
    @Order(3)
    AlertCallback slow() {
        return (event) -> Thread.sleep(SLOW_MILLIS);
    }

    @Bean
    @Order(4)
    AlertCallback blocking() {
        return (event) -> {
            if (this.blocksForGood) {
                this.blocked.countDown();
                new CountDownLatch(1).await();
            }
            if (this.tally.alertsTold.sum() % NOW_AND_THEN == 0) {
                Thread.sleep(BLOCKED_MILLIS);
            }
        };
    }

    @EventListener
    void onAlert(MetricAlertEvent event) {
        this.tally.failedCallbacks.increment();
        throw new IllegalStateException("I do not listen");
    }

}
