package io.threadsafemetrics.spring.soak;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes all that is logged, by cause: the begin of a line without what changes in it.
 */
public final class SoakLog extends AppenderBase<ILoggingEvent> {

    /** What the soak provokes. */
    private static final List<String> EXPECTED = List.of("Alert callback failed on ", "Refused # values: ",
            "Did not register ", "Left out meters named ", "The Alertmanager at ", "Could not read meter ",
            "Failed to apply the value function ");

    /** A user wants each of these lines, and chooses how many there are. */
    private static final String ALERT = "LoggingAlertCallback: Alert ''";

    private static final Pattern CHANGING = Pattern.compile("'[^']*'|[0-9]+");

    private static final double NANOS_PER_MINUTE = 60e9;

    private static final int MOST_EXAMPLES = 20;

    private static final int CAUSE_LENGTH = 50;

    private static final Map<String, AtomicInteger> lines = new ConcurrentHashMap<>();

    private static final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    private static volatile long since;

    static void clear() {
        since = System.nanoTime();
        lines.clear();
        unexpected.clear();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            return;
        }
        String text = CHANGING.matcher(event.getFormattedMessage())
            .replaceAll((match) -> match.group().startsWith("'") ? "''" : "#");
        String logger = event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
        String cause = logger + ": " + text.substring(0, Math.min(text.length(), CAUSE_LENGTH));
        if (cause.startsWith(ALERT)) {
            return;
        }
        lines.computeIfAbsent(cause, (absent) -> new AtomicInteger()).incrementAndGet();
        if (EXPECTED.stream().noneMatch(text::startsWith) && unexpected.size() < MOST_EXAMPLES) {
            unexpected.add(event.getLevel() + " " + logger + ": " + event.getFormattedMessage() + " "
                    + ((event.getThrowableProxy() != null) ? event.getThrowableProxy().getMessage() : ""));
        }
    }

    /** Demands that nothing was logged but what was provoked, and that twice a minute. */
    static void check() {
        assertThat(unexpected).as("lines that nothing provokes").isEmpty();
        int most = 2 + 2 * (int) Math.ceil((System.nanoTime() - since) / NANOS_PER_MINUTE);
        lines.forEach((cause, count) -> assertThat(count.get()).as("lines like: " + cause).isLessThanOrEqualTo(most));
    }

}
