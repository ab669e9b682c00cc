package io.threadsafemetrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.threadsafemetrics.internal.util.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a full queue of alert events gives up.
 */
class AlertQueueTests {

    private final MemoryBudget budget = new MemoryBudget(1_000_000);

    private final AlertQueue queue = new AlertQueue(3, this.budget);

    private static AlertEvent event(String rule, AlertState state, boolean repeat) {
        return new AlertEvent(AlertRule.builder(rule, "a").above(1).build(), state, 2.0, Instant.EPOCH, Instant.EPOCH,
                repeat);
    }

    private int add(String rule, AlertState state) {
        return this.queue.add(event(rule, state, false));
    }

    private int repeat(String rule) {
        return this.queue.add(event(rule, AlertState.FIRING, true));
    }

    private List<String> polled() {
        List<String> polled = new ArrayList<>();
        AlertEvent event;
        while ((event = this.queue.poll()) != null) {
            polled.add(event.rule().name() + " " + event.state() + (event.repeat() ? " still" : ""));
        }
        return polled;
    }

    @Test
    void eventsAreTakenInOrder() {
        assertThat(add("a", AlertState.FIRING) + add("b", AlertState.FIRING) + add("a", AlertState.RESOLVED)).isZero();
        assertThat(polled()).containsExactly("a FIRING", "b FIRING", "a RESOLVED");
    }

    @Test
    void whatUndoesAnEarlierEventIsDroppedWithIt() {
        add("b", AlertState.FIRING);
        add("a", AlertState.FIRING);
        add("a", AlertState.RESOLVED);
        assertThat(add("c", AlertState.FIRING)).isEqualTo(2);
        assertThat(polled()).containsExactly("b FIRING", "c FIRING");
    }

    @Test
    void anEndThatWasNotToldYetCancelsItsBeginning() {
        add("a", AlertState.FIRING);
        add("b", AlertState.FIRING);
        add("c", AlertState.FIRING);
        assertThat(add("a", AlertState.RESOLVED)).isEqualTo(2);
        assertThat(polled()).containsExactly("b FIRING", "c FIRING");
    }

    @Test
    void repeatsAreDroppedAlone() {
        add("a", AlertState.FIRING);
        repeat("a");
        add("b", AlertState.FIRING);
        assertThat(add("c", AlertState.FIRING)).isEqualTo(1);
        assertThat(polled()).containsExactly("a FIRING", "b FIRING", "c FIRING");
        repeat("a");
        add("a", AlertState.RESOLVED);
        add("b", AlertState.RESOLVED);
        assertThat(add("c", AlertState.RESOLVED)).isEqualTo(1);
        assertThat(polled()).containsExactly("a RESOLVED", "b RESOLVED", "c RESOLVED");
    }

    @Test
    void theNewestIsDroppedWhereNoneUndoesAnother() {
        for (String rule : List.of("a", "b", "c")) {
            add(rule, AlertState.FIRING);
        }
        assertThat(add("d", AlertState.FIRING)).isEqualTo(1);
        assertThat(polled()).containsExactly("a FIRING", "b FIRING", "c FIRING");
    }

    @Test
    void clearTellsHowManyWaited() {
        add("a", AlertState.FIRING);
        add("b", AlertState.FIRING);
        assertThat(this.queue.clear()).isEqualTo(2);
        assertThat(polled()).isEmpty();
    }

    /** Against where each rule stands, with a reader that takes now and then. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void whoTakesLearnsWhereEachRuleStandsAndLosesNothingUncounted(long seed) {
        Random random = new Random(seed);
        AlertQueue many = new AlertQueue(10, this.budget);
        Map<AlertRule, AlertState> stands = new HashMap<>();
        Map<AlertRule, AlertState> known = new HashMap<>();
        List<AlertEvent> firings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            firings.add(event("rule " + i, AlertState.FIRING, false));
        }
        long added = 0;
        long dropped = 0;
        long taken = 0;
        for (int i = 0; i < 5000; i++) {
            AlertRule rule = firings.get(random.nextInt(10)).rule();
            boolean firing = stands.get(rule) == AlertState.FIRING;
            boolean repeat = firing && random.nextBoolean();
            AlertState state = (firing && !repeat) ? AlertState.RESOLVED : AlertState.FIRING;
            stands.put(rule, state);
            added++;
            dropped += many.add(new AlertEvent(rule, state, null, Instant.EPOCH, Instant.EPOCH, repeat));
            boolean drain = random.nextInt(100) == 0;
            for (AlertEvent next; (drain || random.nextInt(3) == 0) && (next = many.poll()) != null; taken++) {
                AlertState before = known.put(next.rule(), next.state());
                if (!next.repeat()) {
                    assertThat(before).isNotEqualTo(next.state());
                }
            }
            if (drain) {
                stands
                    .forEach((one, stand) -> assertThat(known.getOrDefault(one, AlertState.RESOLVED)).isEqualTo(stand));
                assertThat(added).isEqualTo(taken + dropped);
            }
        }
        assertThat(dropped).isPositive();
        many.clear();
        assertThat(this.budget.usedBytes()).isZero();
    }

    @Test
    void eventsTakeTheBytesThatTheyRetain() {
        AlertQueue many = new AlertQueue(1000, this.budget);
        AlertRule rule = AlertRule.builder("a", "a").above(1).build();
        long before = GraphLayout.parseInstance(many, rule, AlertState.FIRING).totalSize();
        for (int i = 0; i < 500; i++) {
            Instant since = Instant.ofEpochSecond(i);
            many.add(new AlertEvent(rule, AlertState.FIRING, (double) i, since.plusMillis(1), since, true));
        }
        assertThat(GraphLayout.parseInstance(many, rule, AlertState.FIRING).totalSize() - before)
            .isEqualTo(this.budget.usedBytes());
    }

    @Test
    void aFullBudgetGivesUpWhatAFullQueueDoes() {
        add("a", AlertState.FIRING);
        add("b", AlertState.FIRING);
        this.budget.reserve(990_000 - this.budget.usedBytes());
        assertThat(add("a", AlertState.RESOLVED)).isEqualTo(2);
        assertThat(polled()).containsExactly("b FIRING");
    }

}
