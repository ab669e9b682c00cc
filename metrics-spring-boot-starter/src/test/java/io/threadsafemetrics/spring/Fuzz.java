package io.threadsafemetrics.spring;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.quicktheories.QuickTheory;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;
import org.quicktheories.generators.SourceDSL;

/**
 * Checks what has to hold for any input. A build tries the same ones each time; with
 * {@code -Dfuzz.times=50} there are fifty times as many, other ones each time. A failure
 * tells the smallest input found and the seed: {@code -Dfuzz.seed} tries that one again.
 */
public final class Fuzz {

    private static final int TIMES = Integer.getInteger("fuzz.times", 1);

    private static final long SEED = Long.getLong("fuzz.seed", (TIMES > 1) ? System.nanoTime() : 20_261_128);

    private static final int SHRINK_CYCLES = 1000;

    private Fuzz() {
    }

    /**
     * Checks inputs.
     * @param <T> type of an input
     * @param tries how many of them in a build
     * @param inputs makes them
     * @param property fails where one is not as it has to be
     */
    public static <T> void check(int tries, Gen<T> inputs, Consumer<T> property) {
        QuickTheory.qt()
            .withFixedSeed(SEED)
            .withExamples(tries * TIMES)
            .withUnlimitedTestingTime()
            .withShrinkCycles(SHRINK_CYCLES)
            .forAll(inputs)
            .checkAssert(property);
    }

    /** Makes one of these, more often one of the first where it gets simpler. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> Gen<T> oneOf(T... values) {
        return Generate.pick(List.of(values));
    }

    /** Makes what one of these makes. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T> Gen<T> any(Gen<T>... gens) {
        return Generate.pick(List.of(gens)).flatMap((gen) -> gen);
    }

    /** Makes what the first makes, and now and then what the second does. */
    public static <T> Gen<T> mostly(Gen<T> usual, Gen<T> rare) {
        return Generate.frequency(Pair.of(9, usual), Pair.of(1, rare));
    }

    /** Makes short lists. */
    public static <T> Gen<List<T>> some(Gen<T> elements, int most) {
        return SourceDSL.lists().of(elements).ofSizeBetween(0, most);
    }

    /** Makes texts of any characters, and some that were trouble elsewhere. */
    public static Gen<String> texts() {
        return any(
                oneOf("", " ", "a", "\u0000", "\n", "\u202E", "\uD800", "é🚀", "<script>", "${7*7}", "#{7*7}", "%2F",
                        "%", "../..", "a,b", "a=b", "a;b", "a/b", "a\\b", "[a]", "{}", "\"", "'", "null", "~", "１２"),
                SourceDSL.strings().basicLatinAlphabet().ofLengthBetween(0, 12),
                SourceDSL.strings().allPossible().ofLengthBetween(0, 12),
                Generate.range(200, 3000).map((length) -> "x".repeat(length)));
    }

    /** Makes texts of numbers of any size, and of what is nearly one. */
    public static Gen<String> numbers() {
        return any(oneOf("0", "1", "-1", "2", "20", "100", "1000", "1001", "99.9", "0.3", "-0", "+5", "1e9", "1e308",
                "1e309", "1e-400", "4.9e-324", "NaN", "Infinity", "-Infinity", "0x1p3", "0x10", "1d", "1_000", ".", "-",
                "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "9".repeat(400)),
                Generate.range(-3, 1100).map((number) -> number.toString()),
                SourceDSL.longs().all().map((number) -> number.toString()),
                SourceDSL.doubles().any().map((number) -> number.toString()));
    }

    /** Makes texts of durations of any length, and of what is nearly one. */
    public static Gen<String> durations() {
        return any(numbers().zip(oneOf("s", "ns", "us", "ms", "m", "h", "d", "", "y", " s"), String::concat),
                Generate.range(1, 400).zip(oneOf("s", "ms", "m", "h", "d"), (count, unit) -> count + unit),
                numbers().zip(oneOf("S", "M", "H"), (count, unit) -> "PT" + count + unit),
                oneOf("PT1M30S", "P1D", "P3650D", "-PT1S", "PT", "P1Y", "P1W", "pt1m", "PT0.000000001S",
                        "PT9223372036854775807S", "PT9223372036854775807H"));
    }

    /** Writes each byte of a text as an escape. */
    public static String percentEncoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder();
        for (byte each : bytes) {
            encoded.append("%%%02X".formatted(each));
        }
        return encoded.toString();
    }

    /** Shows a text so that it can be read and typed. */
    public static String shown(String text) {
        return text.chars()
            .mapToObj((character) -> (character >= ' ' && character < 127) ? String.valueOf((char) character)
                    : "\\u%04x".formatted(character))
            .collect(Collectors.joining());
    }

}
