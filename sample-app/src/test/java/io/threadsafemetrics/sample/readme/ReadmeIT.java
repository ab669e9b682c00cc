package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Keeps the documentation true: asks the running sample what README and guide ask, and
 * compares the shape of the answers. Without the replay, whose alerts would be in one.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "sample.traffic.pause=50ms", "sample.replay.enabled=false" })
@AutoConfigureRestTestClient
class ReadmeIT {

    private final JsonMapper json = new JsonMapper();

    @Autowired
    private RestTestClient client;

    @Test
    void quickStartAnswersWhatItRecorded(@Autowired Checkout checkout) throws IOException {
        checkout.pay("eu");
        checkout.pay("us");
        JsonNode answer = get(Document.read(Document.README).questions().get(0));
        assertThat(answer.at("/window/count").asInt()).isEqualTo(1);
        assertThat(answer.at("/window/percentiles/99").isNumber()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("replies")
    void replyHasTheFieldsThatTheEndpointAnswers(String path, String reply) {
        Set<String> expected = fields(this.json.readTree(reply));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(fields(get(path))).isEqualTo(expected));
    }

    static Stream<Arguments> replies() throws IOException {
        Map<String, String> replies = new LinkedHashMap<>(Document.read(Document.README).replies());
        replies.putAll(Document.read(Document.GUIDE).replies());
        assertThat(replies).hasSizeGreaterThanOrEqualTo(6);
        return replies.entrySet().stream().map((reply) -> Arguments.of(reply.getKey(), reply.getValue()));
    }

    @Test
    void questionsOfTheGuideAreAnswered() throws IOException {
        List<String> questions = Document.read(Document.GUIDE).questions();
        assertThat(questions).isNotEmpty();
        questions.forEach((path) -> await().atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(get(path).has("status")).as(path).isFalse()));
    }

    private JsonNode get(String path) {
        String body = this.client.get()
            .uri(path)
            .accept(MediaType.APPLICATION_JSON)
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
        return this.json.readTree(body);
    }

    /**
     * The names of all fields with their parents; an array stands for its first element.
     */
    private static Set<String> fields(JsonNode node) {
        Set<String> fields = new TreeSet<>();
        addFields(node, "", fields);
        return fields;
    }

    private static void addFields(JsonNode node, String path, Set<String> fields) {
        if (node.isArray() && !node.isEmpty()) {
            addFields(node.get(0), path + "[]", fields);
        }
        node.forEachEntry((name, value) -> {
            fields.add(path + "/" + name);
            addFields(value, path + "/" + name, fields);
        });
    }

}
