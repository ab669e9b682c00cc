package io.threadsafemetrics.spring.autoconfigure.endpoint;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.threadsafemetrics.spring.autoconfigure.ThreadSafeMetricsAutoConfiguration;
import io.threadsafemetrics.spring.endpoint.EndpointProblem;
import io.threadsafemetrics.spring.endpoint.MetricsPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image has to keep for the endpoint. */
class EndpointRuntimeHintsTests {

    private static final RuntimeHints HINTS = new RuntimeHints();

    @BeforeAll
    static void processAheadOfTime() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of("management.endpoints.web.exposure.include=*").applyTo(context);
            context.register(ThreadSafeMetricsAutoConfiguration.class,
                    ThreadSafeMetricsEndpointAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("test", "Test")), new InMemoryGeneratedFiles(), HINTS));
        }
    }

    @Test
    void pageIsKept() {
        assertThat(MetricsPage.class.getResource("page.html")).isNotNull();
        assertThat(RuntimeHintsPredicates.resource().forResource(TypeReference.of(MetricsPage.class), "page.html"))
            .accepts(HINTS);
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void componentsOfAnAnswerAreKept(Class<?> descriptor) {
        assertThat(descriptor.getRecordComponents()).allSatisfy((component) -> assertThat(isKept(component))
            .as("%s of %s", component.getName(), descriptor.getSimpleName())
            .isTrue());
    }

    static Stream<Class<?>> descriptors() {
        return new ClassFileImporter().importPackagesOf(EndpointProblem.class)
            .stream()
            .filter((type) -> type.isRecord() && !type.getModifiers().contains(JavaModifier.PRIVATE)
                    && (type.getName().contains("Descriptor") || type.isEquivalentTo(EndpointProblem.class)))
            .<Class<?>>map(JavaClass::reflect);
    }

    private static boolean isKept(RecordComponent component) {
        return RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()).test(HINTS);
    }

}
