package io.threadsafemetrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Series of a metric: handles, their number, what becomes of idle ones.
 */
class SeriesTests {

    private static final Tags OVERFLOW = Tags.of("overflow", "true");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(this.clock,
            (limits) -> limits.maxTagSets(3).retentionWindow(MINUTE).idleSeriesTtl(Duration.ofMinutes(10)));

    private final ThreadSafeMetric metric = this.collector.metric(MetricDefinition.counter("a").build());

    @AfterEach
    void close() {
        this.collector.close();
    }

    private static Tags id(int id) {
        return Tags.of("id", Integer.toString(id));
    }

    private void recordIds(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(this.metric.addValue(1, id(i))).isTrue();
        }
    }

    @Test
    void toStringOfAMetricASeriesAndAnAnswerNamesThem() {
        this.metric.addValue(2, id(7));
        assertThat(this.metric).asString().contains("'a'").contains("COUNTER");
        assertThat(this.metric.series(id(7))).hasToString("'a'{id=7}");
        assertThat(this.metric.window(MINUTE)).asString().contains("count=1").contains("sum=2.0");
    }

    @Test
    void seriesListsThemOldestFirst() {
        recordIds(3);
        assertThat(this.metric.series()).extracting(MetricSeries::tags).containsExactly(id(0), id(1), id(2));
        assertThat(this.metric.getStatistics().seriesCount()).isEqualTo(3);
    }

    @Test
    void availableTagsAreKeysWithTheirValues() {
        this.metric.addValue(1, Tags.of("b", "2", "a", "1"));
        this.metric.addValue(1, Tags.of("b", "1"));
        this.metric.addValue(1);
        assertThat(this.metric.availableTags()).isEqualTo(Map.of("a", Set.of("1"), "b", Set.of("1", "2")));
    }

    @Test
    void aHandleCountsItsOwnLifetime() {
        MetricSeries series = this.metric.series(id(1));
        series.addValue(2);
        series.addValue(5);
        this.metric.addValue(100);
        MetricStatistics lifetime = series.lifetime();
        assertThat(lifetime.count()).isEqualTo(2);
        assertThat(lifetime.totalValue()).isEqualTo(7);
        assertThat(lifetime.currentValue()).isEqualTo(7);
        assertThat(lifetime.minValue()).isEqualTo(2);
        assertThat(lifetime.maxValue()).isEqualTo(5);
        assertThat(lifetime.valuesStored()).isEqualTo(2);
        assertThat(lifetime.seriesCount()).isEqualTo(1);
        assertThat(lifetime.name()).isEqualTo("a");
    }

    @Test
    void aHandleOfASeriesThatIsThereIsTheSame() {
        assertThat(this.metric.series(id(1))).isSameAs(this.metric.series(id(1))).isSameAs(this.metric.series().get(0));
    }

    @Test
    void furtherTagSetsGoToTheOverflowSeries() {
        recordIds(10);
        assertThat(this.metric.series()).extracting(MetricSeries::tags).containsExactly(id(0), id(1), id(2), OVERFLOW);
        assertThat(this.metric.window(MINUTE, OVERFLOW).count()).isEqualTo(7);
        assertThat(this.metric.window(MINUTE).count()).isEqualTo(10);
        assertThat(this.metric.getStatistics().count()).isEqualTo(10);
        assertThat(this.metric.getStatistics().seriesCount()).isEqualTo(4);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(7);
    }

    @Test
    void knownTagSetsKeepTheirSeriesWhenThereIsNoRoom() {
        recordIds(10);
        recordIds(3);
        assertThat(this.metric.window(MINUTE, id(2)).count()).isEqualTo(2);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(7);
    }

    @Test
    void theOverflowSeriesTakesNoRoom() {
        this.metric.addValue(1, Tags.of(" ", "refused"));
        recordIds(3);
        assertThat(this.metric.series()).hasSize(4);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
    }

    @Test
    void aHandleWithoutRoomIsThatOfTheOverflowSeries() {
        recordIds(3);
        MetricSeries handle = this.metric.series(id(77));
        assertThat(handle.tags()).isEqualTo(OVERFLOW);
        handle.addValue(1);
        assertThat(this.metric.window(MINUTE, OVERFLOW).count()).isEqualTo(1);
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isEqualTo(1);
    }

    @Test
    void seriesWhenMetricWasIdleStartsAtThePresent() {
        this.metric.addValue(1);
        this.clock.advance(Duration.ofMinutes(30));
        MetricSeries handle = this.metric.series(id(1));
        MetricStatistics lifetime = handle.lifetime();
        assertThat(lifetime.createdTime()).isEqualTo(Instant.ofEpochMilli(this.clock.wallClockMillis()));
        assertThat(lifetime.lastUpdated()).isEqualTo(lifetime.createdTime());
        this.metric.cleanOldValues();
        assertThat(this.metric.series()).containsExactly(handle);
    }

    @Test
    void theLimitOfADefinitionWins() {
        ThreadSafeMetric other = this.collector.metric(MetricDefinition.counter("b").maxTagSets(1).build());
        other.addValue(1, id(1));
        other.addValue(1, id(2));
        assertThat(other.series()).extracting(MetricSeries::tags).containsExactly(id(1), OVERFLOW);
    }

    @Test
    void aSeriesIdleForARetentionWindowKeepsItsLifetimeOnly() {
        MetricSeries series = this.metric.series(id(1));
        series.addValue(4);
        this.clock.advance(Duration.ofMinutes(5));
        this.metric.cleanOldValues();
        assertThat(this.metric.series()).containsExactly(series);
        assertThat(series.lifetime().totalValue()).isEqualTo(4);
        assertThat(series.lifetime().valuesStored()).isZero();
        assertThat(series.window(MINUTE).count()).isZero();
    }

    @Test
    void aSeriesIdleForItsTimeToLiveIsRemovedAndTheMetricKeepsItsFigures() {
        MetricSeries series = this.metric.series(id(1));
        series.addValue(4);
        this.clock.advance(Duration.ofMinutes(10));
        this.metric.cleanOldValues();
        assertThat(this.metric.series()).isEmpty();
        assertThat(this.metric.availableTags()).isEmpty();
        assertThat(series.lifetime().count()).isZero();
        assertThat(this.metric.getStatistics().count()).isEqualTo(1);
        assertThat(this.metric.getCurrentValue()).hasValue(4);
    }

    @Test
    void aSeriesIsKeptUntilItsTimeToLiveIsOver() {
        this.metric.addValue(4, id(1));
        this.clock.advance(Duration.ofMinutes(10).minusNanos(1));
        this.metric.cleanOldValues();
        assertThat(this.metric.series()).hasSize(1);
    }

    @Test
    void aHandleStartsARemovedSeriesAnew() {
        MetricSeries series = this.metric.series(id(1));
        series.addValue(4);
        this.clock.advance(Duration.ofMinutes(11));
        this.metric.cleanOldValues();
        assertThat(series.addValue(5)).isTrue();
        assertThat(this.metric.series()).extracting(MetricSeries::tags).containsExactly(id(1));
        assertThat(series.lifetime().totalValue()).isEqualTo(5);
        assertThat(this.metric.getStatistics().totalValue()).isEqualTo(9);
    }

    @Test
    void removedSeriesGiveRoomToOthers() {
        recordIds(3);
        this.clock.advance(Duration.ofMinutes(11));
        this.metric.cleanOldValues();
        this.metric.addValue(1, id(99));
        assertThat(this.metric.series()).extracting(MetricSeries::tags).containsExactly(id(99));
        assertThat(this.collector.getSystemStatistics().overflowedValues()).isZero();
    }

    @Test
    void aHandleWhoseSeriesLostItsRoomGoesToTheOverflowSeries() {
        MetricSeries series = this.metric.series(id(1));
        this.clock.advance(Duration.ofMinutes(11));
        this.metric.cleanOldValues();
        for (int i = 10; i < 13; i++) {
            this.metric.addValue(1, id(i));
        }
        assertThat(series.addValue(7)).isTrue();
        assertThat(this.metric.window(MINUTE, OVERFLOW).sum()).isEqualTo(7);
    }

    @Test
    void aTimeToLiveOfZeroRemovesNothing() {
        try (ThreadSafeMetricsCollector forever = TestCollectors.create(this.clock,
                (limits) -> limits.idleSeriesTtl(Duration.ZERO))) {
            ThreadSafeMetric kept = forever.metric(MetricDefinition.counter("a").build());
            kept.addValue(1, id(1));
            this.clock.advance(Duration.ofDays(365));
            kept.cleanOldValues();
            assertThat(kept.series()).hasSize(1);
        }
    }

    @Test
    void resetMakesRoomForAllTagSets() {
        recordIds(10);
        this.metric.reset();
        for (int i = 20; i < 23; i++) {
            this.metric.addValue(1, id(i));
        }
        assertThat(this.metric.series()).extracting(MetricSeries::tags).isEqualTo(List.of(id(20), id(21), id(22)));
    }

    @Test
    void removeSeriesForgetsItsValuesAndKeepsTheOthers() {
        recordIds(3);
        this.metric.addValue(5, id(1), Map.of("order", 1));
        assertThat(this.metric.removeSeries(id(1))).isTrue();
        assertThat(this.metric.series()).extracting(MetricSeries::tags).containsExactly(id(0), id(2));
        assertThat(this.metric.window(MINUTE).count()).isEqualTo(2);
        assertThat(this.metric.values(ValueQuery.newest(10))).extracting(MetricValue::tags)
            .containsExactly(id(2), id(0));
        assertThat(this.metric.getStatistics().count()).isEqualTo(4);
        assertThat(this.metric.getStatistics().totalValue()).isEqualTo(8);
    }

    @Test
    void removeSeriesGivesItsNumberToOthersWithoutItsValues() {
        recordIds(1);
        this.metric.removeSeries(id(0));
        this.metric.addValue(7, id(1));
        assertThat(this.metric.values(ValueQuery.newest(10))).extracting(MetricValue::value).containsExactly(7.0);
        assertThat(this.metric.window(MINUTE, id(1)).sum()).isEqualTo(7);
    }

    @Test
    void aHandleStartsASeriesAnewThatWasRemovedByName() {
        MetricSeries handle = this.metric.series(id(0));
        handle.addValue(1);
        this.metric.removeSeries(id(0));
        assertThat(handle.addValue(2)).isTrue();
        assertThat(handle.lifetime().totalValue()).isEqualTo(2);
        assertThat(handle.window(MINUTE).sum()).isEqualTo(2);
    }

    @Test
    void removeSeriesWithoutSuchASeriesRemovesNothing() {
        recordIds(1);
        assertThat(this.metric.removeSeries(id(1))).isFalse();
        assertThat(this.metric.removeSeries(Tags.empty())).isFalse();
        assertThat(this.metric.series()).hasSize(1);
    }

}
