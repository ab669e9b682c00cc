package io.threadsafemetrics.spring.endpoint;

import java.util.Arrays;
import java.util.Set;

import io.threadsafemetrics.spring.Fuzz;
import io.threadsafemetrics.spring.endpoint.EndpointServer.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is sent to the endpoint, it answers, and what it answers is true. */
class EndpointFuzzTests {

    private static final Set<Integer> STATUSES = Set.of(200, 204, 400, 403, 404, 405, 406, 413, 414, 415, 431);

    @ParameterizedTest
    @CsvSource({ "SERVLET, unrestricted", "SERVLET, read-only", "REACTIVE, unrestricted", "REACTIVE, read-only" })
    void anyRequestIsAnsweredWithAKnownStatusAndFiguresThatAgree(WebApplicationType type, String access) {
        try (EndpointServer server = EndpointServer.start(type,
                "management.endpoint.threadsafemetrics.access=" + access,
                "management.endpoint.threadsafemetrics.show-metadata=always")) {
            ExtremeMetrics.fill(server.collector(), server.clock());
            Fuzz.check(500, FuzzedRequest.any(), (request) -> {
                Answer answer = request.send(server);
                if (answer.status() == 204) {
                    ExtremeMetrics.fill(server.collector(), server.clock());
                }
                check(request, answer);
            });
        }
    }

    private static void check(FuzzedRequest request, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(STATUSES);
        if (answer.contentType().contains("json") && answer.status() == 200 && !answer.body().isEmpty()) {
            AnswerCheck.figures(answer.json());
            assertLimit(request, answer.json());
        }
        if (request.isRegular() && answer.status() != 405) {
            assertThat(answer.contentType()).as(answer.body())
                .startsWith((answer.status() == 204) ? "" : "application");
            if (answer.status() >= 400) {
                AnswerCheck.problem(answer);
            }
        }
    }

    /** A limit that was taken. */
    private static void assertLimit(FuzzedRequest request, JsonNode json) {
        if (json.has("values") || json.has("groups")) {
            int limit = Arrays.stream(request.target().split("[?&]"))
                .filter((parameter) -> parameter.matches("limit=[0-9]+"))
                .mapToInt((parameter) -> Integer.parseInt(parameter.substring("limit=".length())))
                .findFirst()
                .orElse(20);
            assertThat(json.path("values").size() + json.path("groups").size()).isLessThanOrEqualTo(limit);
        }
    }

}
