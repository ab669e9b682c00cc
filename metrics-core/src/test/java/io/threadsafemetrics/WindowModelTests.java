package io.threadsafemetrics;

import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random streams and questions against a list of all values. Run more with
 * {@code -DwindowModel.rounds=…}, and one again with {@code -DwindowModel.seed=…} and
 * {@code -DwindowModel.rounds=1}.
 */
class WindowModelTests {

    private static final long ROUNDS = Long.getLong("windowModel.rounds", 60);

    private static final long FIRST_SEED = Long.getLong("windowModel.seed", 1);

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAnswerIsThatOfAllValuesOfItsSpan(long seed) {
        new WindowModelRound(seed).run();
    }

}
