package io.threadsafemetrics.internal.window;

import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The time of a cut, and of the values after it. */
class CellsTests {

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), new Losses());

    private final Cells cells = new Cells(this.account, 2);

    private void leave(int index, long time) {
        assertThat(this.cells.all()[index].tryTake()).isTrue();
        this.cells.all()[index].leave(time, 1, 1);
    }

    private void cutAndClear(long now, long expectedTime) {
        assertThat(this.cells.cut(now, false)).isEqualTo(expectedTime);
        for (StagedValues batch : this.cells.batches()) {
            batch.clear(this.account);
        }
    }

    private void assertOnlyTime(int index, long time) {
        assertThat(this.cells.batches()[index].size()).isOne();
        assertThat(this.cells.batches()[index].time(0)).isEqualTo(time);
    }

    @Test
    void leaveAfterACutWithATimeBeforeItGetsThatOfTheCut() {
        cutAndClear(100, 100);
        leave(0, 50);
        leave(1, 99);
        this.cells.cut(110, false);
        assertOnlyTime(0, 100);
        assertOnlyTime(1, 100);
    }

    @Test
    void cutIsNotBeforeTheNewestValueOfAnyCell() {
        leave(0, 200);
        cutAndClear(100, 200);
        leave(1, 150);
        this.cells.cut(160, false);
        assertOnlyTime(1, 200);
    }

}
