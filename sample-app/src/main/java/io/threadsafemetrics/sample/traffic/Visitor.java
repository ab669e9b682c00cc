package io.threadsafemetrics.sample.traffic;

import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClient;

/**
 * A customer: orders something, pays for it, looks at the order and, now and then, at the
 * stock. A visit is four requests at most, one after the other.
 */
class Visitor {

    private static final String[] ITEMS = { "coffee", "tea", "cocoa" };

    private static final String[] REGIONS = { "eu", "us", "apac" };

    private final RestClient client;

    private final Supplier<String> baseUrl;

    private final RandomGenerator random;

    Visitor(RestClient client, Supplier<String> baseUrl, RandomGenerator random) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.random = random;
    }

    @Scheduled(fixedDelayString = "${sample.traffic.pause}")
    void visit() {
        String orders = this.baseUrl.get() + "/orders";
        Placed placed = place(orders);
        if (placed != null) {
            send(this.client.post().uri(orders + "/{id}/pay", placed.id()));
            send(this.client.get().uri(orders + "/{id}", placed.id()));
        }
        if (this.random.nextInt(5) == 0) {
            send(this.client.get().uri(this.baseUrl.get() + "/stock"));
        }
    }

    /** One in twenty asks for more than there ever is. */
    private @Nullable Placed place(String url) {
        int quantity = (this.random.nextInt(20) == 0) ? 500 : this.random.nextInt(1, 6);
        return this.client.post()
            .uri(url)
            .body(Map.of("item", any(ITEMS), "quantity", quantity, "region", any(REGIONS)))
            .exchange((request, response) -> response.getStatusCode().is2xxSuccessful() ? response.bodyTo(Placed.class)
                    : null);
    }

    private String any(String[] choices) {
        return choices[this.random.nextInt(choices.length)];
    }

    /** Any status will do: a declined payment is business as usual. */
    private static void send(RestClient.RequestHeadersSpec<?> request) {
        request.exchange((sent, response) -> response.getStatusCode());
    }

    private record Placed(String id) {

    }

}
