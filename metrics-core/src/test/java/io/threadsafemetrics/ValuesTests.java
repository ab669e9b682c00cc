package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Questions for single values.
 */
class ValuesTests {

    private static final Tags EU = Tags.of("region", "eu");

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxValues(5).retentionWindow(Duration.ofMinutes(1)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.gauge("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void recordEachSecond(double... values) {
        for (double value : values) {
            this.clock.advance(Duration.ofSeconds(1));
            this.metric.addValue(value);
        }
    }

    private List<Double> ask(ValueQuery query) {
        return this.metric.values(query).stream().map(MetricValue::value).toList();
    }

    @Test
    void newestComesNewestFirst() {
        recordEachSecond(3, 1, 2);
        assertThat(ask(ValueQuery.newest(10))).containsExactly(2.0, 1.0, 3.0);
        assertThat(ask(ValueQuery.newest(2))).containsExactly(2.0, 1.0);
    }

    @Test
    void largestComesLargestFirst() {
        recordEachSecond(3, -1, 2);
        assertThat(ask(ValueQuery.largest(10))).containsExactly(3.0, 2.0, -1.0);
        assertThat(ask(ValueQuery.largest(1))).containsExactly(3.0);
    }

    @Test
    void smallestComesSmallestFirst() {
        recordEachSecond(3, -1, 2);
        assertThat(ask(ValueQuery.smallest(10))).containsExactly(-1.0, 2.0, 3.0);
        assertThat(ask(ValueQuery.smallest(2))).containsExactly(-1.0, 2.0);
    }

    @Test
    void ofEqualValuesTheNewestComesFirst() {
        recordEachSecond(1, 2, 1, 2);
        assertThat(this.metric.values(ValueQuery.largest(3))).extracting(MetricValue::timestamp)
            .containsExactly(Instant.ofEpochSecond(4), Instant.ofEpochSecond(2), Instant.ofEpochSecond(3));
        assertThat(this.metric.values(ValueQuery.smallest(1))).extracting(MetricValue::timestamp)
            .containsExactly(Instant.ofEpochSecond(3));
    }

    @Test
    void valuesHaveTimeTagsAndMetadata() {
        this.clock.advance(Duration.ofSeconds(7));
        this.metric.addValue(1.5, EU, Map.of("id", 9));
        this.clock.advance(Duration.ofSeconds(2));
        assertThat(this.metric.values(ValueQuery.newest(1)))
            .containsExactly(new MetricValue(1.5, Instant.ofEpochSecond(7), EU, Map.of("id", 9)));
    }

    @Test
    void theWindowIsInclusiveAndCutAtTheRetention() {
        recordEachSecond(1, 2, 3);
        assertThat(ask(ValueQuery.newest(10).window(Duration.ofSeconds(1)))).containsExactly(3.0, 2.0);
        this.clock.advance(Duration.ofSeconds(59));
        assertThat(ask(ValueQuery.newest(10))).containsExactly(3.0, 2.0);
        assertThat(ask(ValueQuery.newest(10).window(Duration.ofDays(1)))).containsExactly(3.0, 2.0);
        assertThat(ask(ValueQuery.newest(10).window(Duration.ofSeconds(58)))).isEmpty();
    }

    @Test
    void theFilterTakesMatchingSeriesOnly() {
        this.metric.addValue(1, EU);
        this.metric.addValue(2);
        assertThat(ask(ValueQuery.newest(10).filter(EU))).containsExactly(1.0);
        assertThat(ask(ValueQuery.newest(10).filter(Tags.of("region", "")))).containsExactly(2.0);
        assertThat(ask(ValueQuery.newest(10).filter(Tags.of("region", "us")))).isEmpty();
    }

    @Test
    void atMostMaxValuesAreKeptTheNewestOnes() {
        recordEachSecond(1, 2, 3, 4, 5, 6, 7);
        assertThat(ask(ValueQuery.newest(10))).containsExactly(7.0, 6.0, 5.0, 4.0, 3.0);
        assertThat(this.metric.getStatistics().valuesStored()).isEqualTo(5);
        assertThat(this.metric.window(Duration.ofSeconds(30)).count()).isEqualTo(7);
        assertThat(this.metric.window(Duration.ofSeconds(30)).min()).hasValue(1);
    }

    @Test
    void aQueryIsNotChangedByItsVariants() {
        ValueQuery query = ValueQuery.newest(10);
        query.filter(EU);
        query.window(Duration.ofNanos(1));
        recordEachSecond(1);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(ask(query)).containsExactly(1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1 })
    void aLimitBelowOneIsRefused(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> ValueQuery.newest(limit))
            .withMessageContaining("'limit'")
            .withMessageContaining("but was " + limit);
        assertThatIllegalArgumentException().isThrownBy(() -> ValueQuery.largest(limit));
        assertThatIllegalArgumentException().isThrownBy(() -> ValueQuery.smallest(limit));
    }

    @Test
    void aNullFilterIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ValueQuery.newest(1).filter(null))
            .withMessage("'filter' must not be null");
    }

    @Test
    void answersAreUnmodifiable() {
        recordEachSecond(1);
        List<MetricValue> values = this.metric.values(ValueQuery.newest(1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> values.remove(0));
    }

    @Test
    void aHugeLimitCostsNothing() {
        recordEachSecond(1);
        assertThat(ask(ValueQuery.newest(Integer.MAX_VALUE))).containsExactly(1.0);
    }

}
