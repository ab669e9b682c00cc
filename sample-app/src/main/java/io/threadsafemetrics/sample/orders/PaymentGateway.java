package io.threadsafemetrics.sample.orders;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.threadsafemetrics.ThreadSafeMetricsCollector;

import org.springframework.stereotype.Component;

/**
 * Stands in for a remote payment service: takes its time, declines now and then. Measured
 * by name, with the order as metadata: {@code /values?order=largest} then shows which
 * payments were slow.
 */
@Component
class PaymentGateway {

    private static final double MAX_MILLIS = 400;

    private static final double DECLINED = 0.05;

    private final ThreadSafeMetricsCollector collector;

    PaymentGateway(ThreadSafeMetricsCollector collector) {
        this.collector = collector;
    }

    /**
     * Charges the customer.
     * @return false if the payment was declined
     */
    boolean charge(Order order) {
        long start = System.nanoTime();
        LockSupport.parkNanos(thinkingTime(order.region()).toNanos());
        boolean accepted = ThreadLocalRandom.current().nextDouble() >= DECLINED;
        double seconds = (System.nanoTime() - start) / 1e9;
        this.collector.collect("payments.duration", seconds,
                Map.of("region", order.region().tag(), "outcome", accepted ? "accepted" : "declined"),
                Map.of("orderId", order.id(), "amount", order.amount().toPlainString()));
        return accepted;
    }

    /** Most answers are fast, some are slow, those from far away slower. */
    private static Duration thinkingTime(Region region) {
        double typicalMillis = switch (region) {
            case EU -> 12;
            case US -> 24;
            case APAC -> 36;
        };
        double millis = typicalMillis * Math.exp(0.6 * ThreadLocalRandom.current().nextGaussian());
        return Duration.ofNanos((long) (Math.min(millis, MAX_MILLIS) * 1e6));
    }

}
