package io.threadsafemetrics;

import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random rules, values and accidents against a plain model. Run more with
 * {@code -DalertModel.rounds=…}, and one again with {@code -DalertModel.seed=…} and
 * {@code -DalertModel.rounds=1}.
 */
class AlertModelTests {

    private static final long ROUNDS = Long.getLong("alertModel.rounds", 40);

    private static final long FIRST_SEED = Long.getLong("alertModel.seed", 1);

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTransitionIsThatOfTheModel(long seed) {
        new AlertModelRound(seed).run();
    }

}
