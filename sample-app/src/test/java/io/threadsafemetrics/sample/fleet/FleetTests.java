package io.threadsafemetrics.sample.fleet;

import java.time.Duration;
import java.util.Random;

import io.threadsafemetrics.ManualClock;
import io.threadsafemetrics.ThreadSafeMetricsCollector;
import io.threadsafemetrics.WindowSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FleetTests {

    private final ThreadSafeMetricsCollector collector = ThreadSafeMetricsCollector.builder()
        .clock(new ManualClock())
        .build();

    private final FleetLoad load = new FleetLoad(new FleetProperties(true, "eu", 20, 0.5, 1000), this.collector,
            new Random(1));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withUserConfiguration(Configured.class)
        .withBean(ThreadSafeMetricsCollector.class, () -> this.collector);

    @Test
    void recordsWhatIsAskedForAndRemembersIt() {
        this.load.tick();
        assertThat(this.load.recorded()).isEmpty();
        this.load.start(50);
        for (int i = 0; i < 5; i++) {
            this.load.tick();
            assertThat(this.load.recorded()).hasSize(Math.min(50, 20 * (i + 1)));
        }
        WindowSnapshot window = this.collector.findMetric("fleet.latency").orElseThrow().window(Duration.ofMinutes(1));
        assertThat(window.count()).isEqualTo(50);
        assertThat(window.sum()).isEqualTo(this.load.recorded().stream().mapToDouble(Double::doubleValue).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1, 200_001 })
    void startWhenCountIsOutOfRangeIsRefused(int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.load.start(count))
            .withMessage("'count' must be 1 to 200000 but was " + count);
    }

    @Test
    void isAbsentByDefault() {
        this.runner.run((context) -> assertThat(context).hasNotFailed()
            .doesNotHaveBean(FleetLoad.class)
            .doesNotHaveBean(FleetController.class));
    }

    @Test
    void isPresentWhenEnabled() {
        this.runner.withPropertyValues("sample.fleet.enabled=true")
            .run((context) -> assertThat(context).hasSingleBean(FleetLoad.class).hasSingleBean(FleetController.class));
    }

    @ParameterizedTest
    @CsvSource({ "typical-millis, 0, 'above 0 and at most 1000000', 0.0", "spread, -1, '0 to 3', -1.0",
            "values-per-second, 49, '50 to 10000', 49" })
    void startWhenPropertyIsOutOfRangeFails(String name, String value, String allowed, String shown) {
        this.runner.withPropertyValues("sample.fleet." + name + "=" + value)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessage("'sample.fleet." + name + "' must be " + allowed + " but was " + shown));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(FleetProperties.class)
    @Import({ FleetConfiguration.class, FleetController.class })
    static class Configured {

    }

}
