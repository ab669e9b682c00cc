package io.threadsafemetrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.threadsafemetrics.internal.window.SlotGrid;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spans of an answer on slots that are a second wide, in tenths of a second.
 */
class SpansTests {

    private static final long TENTH = SlotGrid.SECOND / 10;

    private static final long NOW = 155 * TENTH;

    private final SlotGrid grid = new SlotGrid(Duration.ofSeconds(20).toNanos());

    private static Spans asked(long from, long to, long step) {
        return Spans.asAsked(from * TENTH, to * TENTH, step * TENTH);
    }

    private Spans onGrid(Spans asked, long completeFrom) {
        return asked.onGrid(this.grid, NOW, completeFrom * TENTH);
    }

    private static List<Long> starts(Spans spans) {
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < spans.count(); i++) {
            starts.add(spans.start(i) / TENTH);
            assertThat(spans.end(i))
                .isEqualTo((i + 1 < spans.count()) ? spans.start(i + 1) : spans.end(spans.count() - 1));
        }
        return starts;
    }

    @Test
    void asAskedStartsASpanAtEachStep() {
        assertThat(starts(asked(10, 35, 10))).containsExactly(10L, 20L, 30L);
        assertThat(starts(asked(10, 30, 10))).containsExactly(10L, 20L);
        assertThat(starts(asked(10, 30, 30))).containsExactly(10L);
    }

    @Test
    void onGridWidensToTheSlotsAtBothEnds() {
        Spans spans = onGrid(asked(23, 57, 100), 0);
        assertThat(starts(spans)).containsExactly(20L);
        assertThat(spans.end(0)).isEqualTo(60 * TENTH - 1);
        assertThat(spans.truncated()).isFalse();
    }

    @Test
    void onGridEndsNow() {
        assertThat(onGrid(asked(23, 155, 1000), 0).end(0)).isEqualTo(NOW);
        assertThat(onGrid(asked(23, 152, 1000), 0).end(0)).isEqualTo(NOW);
    }

    @Test
    void onGridJoinsSpansOfOneSlot() {
        assertThat(starts(onGrid(asked(20, 50, 5), 0))).containsExactly(20L, 30L, 40L);
    }

    @Test
    void onGridIsNotTruncatedWhereTheFirstSlotIsThere() {
        assertThat(onGrid(asked(23, 57, 100), 20).truncated()).isFalse();
    }

    @Test
    void onGridStartsWithTheFirstSlotThatIsThere() {
        Spans spans = onGrid(asked(20, 57, 10), 30);
        assertThat(spans.truncated()).isTrue();
        assertThat(starts(spans)).containsExactly(30L, 40L, 50L);
        assertThat(starts(onGrid(asked(20, 57, 20), 30))).containsExactly(30L, 40L);
    }

    @Test
    void onGridHasNoLengthWhereNoSlotIsThere() {
        Spans spans = onGrid(asked(20, 57, 10), 90);
        assertThat(spans.truncated()).isTrue();
        assertThat(spans.count()).isOne();
        assertThat(spans.start(0)).isEqualTo(60 * TENTH - 1).isEqualTo(spans.end(0));
    }

    @Test
    void indexOfIsTheSpanThatHoldsATime() {
        Spans spans = asked(10, 30, 10);
        assertThat(spans.indexOf(10 * TENTH - 1)).isEqualTo(-1);
        assertThat(spans.indexOf(10 * TENTH)).isZero();
        assertThat(spans.indexOf(20 * TENTH - 1)).isZero();
        assertThat(spans.indexOf(20 * TENTH)).isOne();
        assertThat(spans.indexOf(30 * TENTH)).isOne();
        assertThat(spans.indexOf(30 * TENTH + 1)).isEqualTo(-1);
    }

    @Test
    void noneHoldsNoTime() {
        assertThat(Spans.none(TENTH).indexOf(TENTH)).isEqualTo(-1);
    }

}
