package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

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
    void replyHasTheFieldsAndTypesThatTheEndpointAnswers(String path, String reply) {
        Set<String> expected = shape(this.json.readTree(reply));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(shape(get(path))).isEqualTo(expected));
    }

    static Stream<Arguments> replies() throws IOException {
        Map<String, String> replies = new LinkedHashMap<>();
        for (Path path : List.of(Document.README, Document.GUIDE)) {
            Document document = Document.read(path);
            assertThat(document.replies().values()).isNotEmpty().containsExactlyElementsOf(document.blocks("json"));
            replies.putAll(document.replies());
        }
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
     * The paths of all fields, each with its type; an array has those of its elements.
     */
    private static Set<String> shape(JsonNode node) {
        Set<String> shape = new TreeSet<>();
        addShape(node, "", shape);
        return shape;
    }

    private static void addShape(JsonNode node, String path, Set<String> shape) {
        shape.add(path + " " + type(node));
        if (node.isArray()) {
            node.forEach((element) -> addShape(element, path + "[]", shape));
        }
        node.forEachEntry((name, value) -> addShape(value, path + "/" + name, shape));
    }

    private static String type(JsonNode node) {
        if (node.isString() && TIME.matcher(node.stringValue()).matches()) {
            return "TIME";
        }
        return node.isIntegralNumber() ? "INTEGER" : node.getNodeType().name();
    }

}
