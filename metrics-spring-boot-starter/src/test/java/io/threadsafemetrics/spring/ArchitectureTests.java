package io.threadsafemetrics.spring;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The packages of this module: who may import whom. */
class ArchitectureTests {

    private static final String STARTER = "io.threadsafemetrics.spring";

    private static final String AUTOCONFIGURE = STARTER + ".autoconfigure";

    private static final DescribedPredicate<JavaClass> SPRING = resideInAPackage("org.springframework..");

    private static final DescribedPredicate<JavaClass> MICROMETER = resideInAnyPackage("io.micrometer..",
            "org.springframework.boot.micrometer..");

    private static final DescribedPredicate<JavaClass> ACTUATOR = resideInAnyPackage(
            "org.springframework.boot.actuate..", "org.springframework.boot.health..");

    private static final DescribedPredicate<JavaClass> HTTP_CLIENT = resideInAnyPackage("org.springframework.web..",
            "org.springframework.http..", "java.net.http..");

    private static final DescribedPredicate<JavaClass> CORE_INTERNALS = resideInAPackage(
            "io.threadsafemetrics.internal..");

    private final JavaClasses classes = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(STARTER);

    @Test
    void micrometerPackageImportsNoSpring() {
        noClasses().that()
            .resideInAPackage(STARTER + ".micrometer..")
            .should()
            .dependOnClassesThat(SPRING)
            .check(this.classes);
    }

    @Test
    void endpointPackageImportsNoMicrometer() {
        noClasses().that()
            .resideInAPackage(STARTER + ".endpoint..")
            .should()
            .dependOnClassesThat(MICROMETER)
            .check(this.classes);
    }

    @Test
    void autoConfigurationOfTheCollectorNeedsNeitherMicrometerNorActuator() {
        noClasses().that()
            .resideInAPackage(AUTOCONFIGURE)
            .should()
            .dependOnClassesThat(MICROMETER.or(ACTUATOR))
            .check(this.classes);
    }

    @Test
    void autoConfigurationOfTheBridgeNeedsNoActuator() {
        noClasses().that()
            .resideInAPackage(AUTOCONFIGURE + ".micrometer..")
            .should()
            .dependOnClassesThat(ACTUATOR)
            .check(this.classes);
    }

    @Test
    void autoConfigurationOfTheEndpointNeedsNoMicrometer() {
        noClasses().that()
            .resideInAPackage(AUTOCONFIGURE + ".endpoint..")
            .should()
            .dependOnClassesThat(MICROMETER)
            .check(this.classes);
    }

    @Test
    void alertPackageNeedsNeitherMicrometerNorActuator() {
        noClasses().that()
            .resideInAPackage(STARTER + ".alert..")
            .should()
            .dependOnClassesThat(MICROMETER.or(ACTUATOR))
            .check(this.classes);
    }

    @Test
    void onlyTheAlertmanagerClientNeedsAnHttpClient() {
        noClasses().that()
            .resideInAnyPackage(STARTER + ".alert..", AUTOCONFIGURE + "..", STARTER + ".health..")
            .and()
            .haveNameNotMatching(".*[.$](AlertmanagerClient|AlertmanagerPosts|WithRestClient|Meters).*")
            .should()
            .dependOnClassesThat(HTTP_CLIENT)
            .check(this.classes);
    }

    @Test
    void noPackageImportsTheInternalsOfTheCore() {
        noClasses().should().dependOnClassesThat(CORE_INTERNALS).check(this.classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(STARTER + ".(**)").should().beFreeOfCycles().check(this.classes);
    }

    @Test
    void packagesAreNullMarked() {
        assertThat(this.classes.stream().map(JavaClass::getPackage).distinct())
            .allSatisfy((javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                .as(javaPackage.getName() + " has a package-info.java with @NullMarked")
                .isTrue());
    }

}
