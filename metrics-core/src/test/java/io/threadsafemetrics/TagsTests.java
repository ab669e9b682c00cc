package io.threadsafemetrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tag sets: their rules, their equality, and what they match as filters.
 */
class TagsTests {

    private static final Tags OVERFLOW = Tags.of("overflow", "true");

    @Test
    void emptyHasNoTags() {
        assertThat(Tags.empty().asMap()).isEmpty();
        assertThat(Tags.of()).isEqualTo(Tags.empty());
        assertThat(Tags.of(Map.of())).isEqualTo(Tags.empty());
        assertThat(Tags.of((Map<String, String>) null)).isEqualTo(Tags.empty());
        assertThat(Tags.of((String[]) null)).isEqualTo(Tags.empty());
    }

    @Test
    void tagsAreSortedByKey() {
        assertThat(Tags.of("b", "2", "a", "1", "c", "3").asMap()).containsExactly(Map.entry("a", "1"),
                Map.entry("b", "2"), Map.entry("c", "3"));
    }

    @Test
    void unpairedSurrogatesAreReplaced() {
        assertThat(Tags.of("k\ud800", "\udfffv").asMap()).containsExactly(Map.entry("k\ufffd", "\ufffdv"));
        assertThat(Tags.of(Map.of("\ude00\ud83d", "v"))).isEqualTo(Tags.of("\ufffd\ufffd", "v"));
    }

    @Test
    void pairedSurrogatesAreKeptWithoutACopy() {
        String emoji = "\ud83d\ude00";
        assertThat(Tags.of("k", emoji).get("k")).isSameAs(emoji);
    }

    @Test
    void equalityIgnoresTheOrderGivenAndTheFactory() {
        Tags tags = Tags.of("a", "1", "b", "2");
        assertThat(tags).isEqualTo(Tags.of("b", "2", "a", "1"))
            .isEqualTo(Tags.of(Map.of("a", "1", "b", "2")))
            .hasSameHashCodeAs(Tags.of("b", "2", "a", "1"))
            .hasSameHashCodeAs(Tags.of(Map.of("a", "1", "b", "2")))
            .isNotEqualTo(Tags.of("a", "2", "b", "1"))
            .isNotEqualTo(Tags.of("a", "1"))
            .isNotEqualTo(Map.of("a", "1", "b", "2"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 5 })
    void ofWhenNumberOfStringsIsOddThrows(int count) {
        String[] strings = new String[count];
        assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(strings))
            .withMessageContaining("'keysAndValues'")
            .withMessageContaining("but was " + count);
    }

    @Test
    void ofWhenKeysAreEqualTakesTheLast() {
        assertThat(Tags.of("k", "1", "k", "2", "k", "3").asMap()).containsExactly(Map.entry("k", "3"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t" })
    void ofWhenKeyIsBlankIsTheOverflowSet(@Nullable String key) {
        assertThat(Tags.of(key, "v")).isEqualTo(OVERFLOW);
        assertThat(Tags.of("a", "b", key, "v")).isEqualTo(OVERFLOW);
        Map<String, String> map = new HashMap<>();
        map.put(key, "v");
        assertThat(Tags.of(map)).isEqualTo(OVERFLOW);
    }

    @Test
    void ofWhenValueIsNullIsTheOverflowSet() {
        assertThat(Tags.of("k", null)).isEqualTo(OVERFLOW);
        Map<String, String> map = new HashMap<>();
        map.put("k", null);
        assertThat(Tags.of(map)).isEqualTo(OVERFLOW);
    }

    @Test
    void ofWhenValueIsEmptyOrBlankKeepsIt() {
        assertThat(Tags.of("k", "").asMap()).containsExactly(Map.entry("k", ""));
        assertThat(Tags.of("k", " ").asMap()).containsExactly(Map.entry("k", " "));
    }

    @Test
    void ofWhenTextIsOver256CharactersIsTheOverflowSet() {
        String longest = "x".repeat(256);
        assertThat(Tags.of(longest, longest).get(longest)).isEqualTo(longest);
        assertThat(Tags.of(longest + "x", "v")).isEqualTo(OVERFLOW);
        assertThat(Tags.of("k", longest + "x")).isEqualTo(OVERFLOW);
        assertThat(Tags.of(Map.of("k", longest + "x"))).isEqualTo(OVERFLOW);
    }

    @Test
    void ofWhenThereAreOver32TagsIsTheOverflowSet() {
        assertThat(Tags.of(tags(32)).asMap()).hasSize(32);
        assertThat(Tags.of(tags(33))).isEqualTo(OVERFLOW);
        assertThat(Tags.of(tags(1000))).isEqualTo(OVERFLOW);
    }

    @Test
    void of64PairsOfOneKeyIsOneTag() {
        String[] pairs = new String[128];
        Arrays.fill(pairs, "x");
        assertThat(Tags.of(pairs).asMap()).hasSize(1);
    }

    @Test
    void ofWhenTheMapTellsTooSmallASizeTakesAllItHas() {
        Map<String, String> grows = new LinkedHashMap<>(tags(5)) {
            @Override
            public int size() {
                return 1; // as of a concurrent map that others are adding to
            }
        };
        assertThat(Tags.of(grows)).isEqualTo(Tags.of(tags(5)));
    }

    private static Map<String, String> tags(int count) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tags.put("k" + i, "v");
        }
        return tags;
    }

    @Test
    void ofCopies() {
        Map<String, String> map = new HashMap<>(Map.of("k", "before"));
        String[] pairs = { "k", "before" };
        Tags ofMap = Tags.of(map);
        Tags ofPairs = Tags.of(pairs);
        map.put("k", "after");
        pairs[1] = "after";
        assertThat(ofMap.get("k")).isEqualTo("before");
        assertThat(ofPairs.get("k")).isEqualTo("before");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ofMap.asMap().put("k", "v"));
    }

    @Test
    void getAnswersTheValueOrNull() {
        assertThat(Tags.of("k", "v").get("k")).isEqualTo("v");
        assertThat(Tags.of("k", "v").get("other")).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "a=1;b=2, a=1, true", "a=1;b=2, a=1;b=2, true", "a=1, a=1;b=2, false", "a=1, a=2, false",
            "a=1, b=, true", "a=1, a=, false", "'', a=, true", "'', '', true", "a=1, '', true", "a=1;b=2, a=1;c=, true",
            "a=1;b=2, a=1;b=, false", "a=, a=, true" })
    void matchesSeriesThatHaveAllPairs(String series, String filter, boolean expected) {
        assertThat(parse(filter).matches(parse(series))).isEqualTo(expected);
    }

    private static Tags parse(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(";")) {
            tags.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return Tags.of(tags);
    }

    @Test
    void toStringShowsThePairs() {
        assertThat(Tags.of("b", "2", "a", "1")).hasToString("{a=1, b=2}");
    }

}
