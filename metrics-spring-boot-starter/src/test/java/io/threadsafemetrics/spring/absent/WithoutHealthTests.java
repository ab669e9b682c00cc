package io.threadsafemetrics.spring.absent;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Run by the Surefire execution {@code without-health}, whose class path lacks Health.
 */
class WithoutHealthTests {

    @Test
    void nothingElseIsAbsent() {
        assertThat(AbsentApplication.absentClasses()).containsExactly("Health");
    }

    @Test
    void applicationStartsWithAllElse() {
        AbsentApplication.run((parts) -> assertThat(parts).contains("autoconfigure").doesNotContain("health"));
    }

}
