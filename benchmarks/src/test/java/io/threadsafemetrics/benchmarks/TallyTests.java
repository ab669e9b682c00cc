package io.threadsafemetrics.benchmarks;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A trial in which a value was lost does not pass.
 */
class TallyTests {

    private final Tally tally = new Tally();

    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void leaveWhenOtherThreadsRecordWaitsForTheLast() throws Exception {
        this.tally.watch(() -> 5, () -> this.closed.set(true));
        this.tally.enter();
        this.tally.enter();
        this.tally.leave(2);
        assertThat(this.closed).isFalse();
        this.tally.leave(3);
        assertThat(this.closed).isTrue();
    }

    @Test
    void leaveWhenAValueWasLostFails() {
        this.tally.watch(() -> 4, () -> this.closed.set(true));
        this.tally.add(3);
        this.tally.enter();
        assertThatIllegalStateException().isThrownBy(() -> this.tally.leave(2))
            .withMessage("Recorded 5 values but the library has 4");
    }

}
