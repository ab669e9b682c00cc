package io.threadsafemetrics.spring.endpoint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import io.threadsafemetrics.spring.Fuzz;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is asked over JMX, the answer is true, or says what was wrong with the
 * question.
 */
class EndpointJmxFuzzTests {

    private static final Map<String, Integer> OPERATIONS = Map.of("metrics", 5, "metric", 5, "groups", 7, "values", 5,
            "timeline", 7, "reset", 1, "resetAll", 0, "unregister", 1);

    @Test
    void anyOperationIsAnsweredWithFiguresThatAgreeOrItsFault() {
        try (EndpointServer server = EndpointServer.start(WebApplicationType.NONE, "spring.jmx.enabled=true",
                "management.endpoint.threadsafemetrics.access=unrestricted")) {
            Fuzz.check(1000, calls(), (call) -> {
                ExtremeMetrics.fill(server.collector(), server.clock());
                try {
                    AnswerCheck.figures(JsonMapper.shared().valueToTree(call.invoke(server)));
                }
                catch (ReflectionException ex) {
                    assertThat(ex).hasCauseInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching("(?s)('\\w+' must .+ but was .+|.* required parameters were missing: .+)");
                }
                catch (JMException ex) {
                    throw new AssertionError(ex);
                }
            });
        }
    }

    private static Gen<Call> calls() {
        Gen<String> metrics = Fuzz.mostly(Fuzz.oneOf(ExtremeMetrics.NAMES.toArray(String[]::new)), Fuzz.texts());
        Gen<String> any = Fuzz.any(
                Fuzz.oneOf("", "50,99.9", ",", "region:eu", "region", "k:,region:us", "true", "newest", "largest"),
                Fuzz.texts(), Fuzz.numbers(), Fuzz.durations());
        Gen<Optional<String>> others = any.toOptionals(40);
        return Fuzz.oneOf(OPERATIONS.keySet().stream().sorted().toArray(String[]::new))
            .zip(Fuzz.mostly(metrics, any).toOptionals(10), SourceDSL.lists().of(others).ofSize(6),
                    (operation, metric, rest) -> new Call(operation, metric, rest));
    }

    private record Call(String operation, Optional<String> first, List<Optional<String>> rest) {

        Object invoke(EndpointServer server) throws JMException {
            int count = OPERATIONS.get(this.operation);
            Object[] arguments = new Object[count];
            for (int i = 0; i < count; i++) {
                arguments[i] = ((i == 0) ? this.first : this.rest.get(i - 1)).orElse(null);
            }
            return server.context()
                .getBean(MBeanServer.class)
                .invoke(new ObjectName("org.springframework.boot:type=Endpoint,name=Threadsafemetrics"), this.operation,
                        arguments, Collections.nCopies(count, String.class.getName()).toArray(String[]::new));
        }

        @Override
        public String toString() {
            return Fuzz.shown(this.operation + " " + this.first + " " + this.rest);
        }

    }

}
