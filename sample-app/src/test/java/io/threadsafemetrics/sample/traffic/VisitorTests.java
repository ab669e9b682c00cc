package io.threadsafemetrics.sample.traffic;

import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;

import static org.springframework.test.web.client.match.MockRestRequestMatchers.jsonPath;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.method;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withStatus;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

class VisitorTests {

    private static final String URL = "http://127.0.0.1:1234";

    private final RestClient.Builder client = RestClient.builder();

    private final MockRestServiceServer server = MockRestServiceServer.bindTo(this.client).build();

    @Test
    void visitWhenOrderIsAcceptedPaysAndLooks() {
        expectOrder(5, HttpStatus.CREATED);
        this.server.expect(requestTo(URL + "/orders/7/pay"))
            .andExpect(method(HttpMethod.POST))
            .andRespond(withStatus(HttpStatus.PAYMENT_REQUIRED));
        this.server.expect(requestTo(URL + "/orders/7")).andExpect(method(HttpMethod.GET)).andRespond(withSuccess());
        visit(false);
    }

    @Test
    void visitWhenOrderIsRefusedLeaves() {
        expectOrder(500, HttpStatus.CONFLICT);
        visit(true);
    }

    private void expectOrder(int quantity, HttpStatus status) {
        this.server.expect(requestTo(URL + "/orders"))
            .andExpect(method(HttpMethod.POST))
            .andExpect(jsonPath("$.quantity").value(quantity))
            .andExpect(jsonPath("$.item").value("cocoa"))
            .andExpect(jsonPath("$.region").value("apac"))
            .andRespond(withStatus(status).contentType(MediaType.APPLICATION_JSON).body("{\"id\":\"7\"}"));
    }

    /**
     * Visits with the lowest or the highest number for the quantity, the highest for all
     * else.
     */
    private void visit(boolean lowestFirst) {
        new Visitor(this.client.build(), () -> URL, new Choice(lowestFirst)).visit();
        this.server.verify();
    }

    private static final class Choice implements RandomGenerator {

        private boolean lowest;

        Choice(boolean lowestFirst) {
            this.lowest = lowestFirst;
        }

        @Override
        public int nextInt(int bound) {
            boolean first = this.lowest;
            this.lowest = false;
            return first ? 0 : bound - 1;
        }

        @Override
        public int nextInt(int origin, int bound) {
            return bound - 1;
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

    }

}
