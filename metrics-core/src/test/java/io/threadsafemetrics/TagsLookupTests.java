package io.threadsafemetrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value recorded by a map goes to the series of its entries, whatever kind of map it
 * is, the first time and each further time.
 */
class TagsLookupTests {

    private final ThreadSafeMetricsCollector collector = TestCollectors.create(new ManualClock());

    @BeforeEach
    void register() {
        this.collector.registerMetric("m", MetricType.GAUGE);
    }

    @AfterEach
    void close() {
        this.collector.close();
    }

    private void recordTwice(Map<String, String> tags) {
        assertThat(this.collector.collect("m", 1, tags)).isTrue();
        assertThat(this.collector.collect("m", 1, tags)).isTrue();
    }

    private long count(String... tags) {
        return this.collector.metric(MetricDefinition.gauge("m").build()).series(Tags.of(tags)).lifetime().count();
    }

    private int seriesCount() {
        return this.collector.getMetricStatistics("m").orElseThrow().seriesCount();
    }

    @Test
    void mapsOfEveryKindWithEqualEntriesAreOneSeries() {
        Map<String, String> reversed = new LinkedHashMap<>();
        reversed.put("region", "eu");
        reversed.put("outcome", "paid");
        for (Map<String, String> tags : List.of(reversed, new TreeMap<>(reversed), Map.copyOf(reversed))) {
            recordTwice(tags);
        }
        assertThat(count("outcome", "paid", "region", "eu")).isEqualTo(6);
        assertThat(seriesCount()).isOne();
    }

    @Test
    void textsInOtherObjectsAreTheSame() {
        recordTwice(Map.of("region", "eu"));
        recordTwice(Map.of(new String("region"), new String("eu")));
        assertThat(count("region", "eu")).isEqualTo(4);
        assertThat(seriesCount()).isOne();
    }

    @Test
    void anEmptyMapIsTheSeriesWithoutTags() {
        recordTwice(Map.of());
        recordTwice(null);
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void mapsOfOneHashCodeWithOtherEntriesAreDifferentSeries() {
        assertThat(Map.of("k", "Aa")).hasSameHashCodeAs(Map.of("k", "BB"));
        recordTwice(Map.of("k", "Aa"));
        recordTwice(Map.of("k", "BB"));
        recordTwice(Map.of("Aa", "k"));
        recordTwice(Map.of("k", "Aa", "a", "a")); // the hash code of a=a is 0
        assertThat(count("k", "Aa")).isEqualTo(2);
        assertThat(count("k", "BB")).isEqualTo(2);
        assertThat(count("Aa", "k")).isEqualTo(2);
        assertThat(count("k", "Aa", "a", "a")).isEqualTo(2);
    }

    @Test
    void aSeriesThatWasResetStartsAnew() {
        recordTwice(Map.of("region", "eu"));
        this.collector.resetAllMetrics();
        recordTwice(Map.of("region", "eu"));
        assertThat(count("region", "eu")).isEqualTo(2);
    }

}
