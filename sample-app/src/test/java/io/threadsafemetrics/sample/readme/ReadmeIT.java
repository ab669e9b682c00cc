package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
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
 * Keeps README.md true: asks the running sample what the README asks, and compares the
 * shape of the answers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.traffic.visits-per-second=20")
@AutoConfigureRestTestClient
class ReadmeIT {

    private final JsonMapper json = new JsonMapper();

    @Autowired
    private RestTestClient client;

    @Test
    void quickStartAnswersWhatItRecorded(@Autowired Checkout checkout) throws IOException {
        checkout.pay("eu");
        checkout.pay("us");
        JsonNode answer = get(Readme.read().quickStartPath());
        assertThat(answer.at("/window/count").asInt()).isEqualTo(1);
        assertThat(answer.at("/window/percentiles/99").isNumber()).isTrue();
    }

    @Test
    void repliesHaveTheFieldsThatTheEndpointAnswers() throws IOException {
        Map<String, String> replies = Readme.read().replies();
        assertThat(replies).hasSizeGreaterThanOrEqualTo(4);
        replies.forEach((path, reply) -> {
            Set<String> expected = fields(this.json.readTree(reply));
            await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(fields(get(path))).as(path).isEqualTo(expected));
        });
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
