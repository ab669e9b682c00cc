package io.threadsafemetrics.spring.soak;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the whole starter, in a heap of 96 MiB, with all that can go wrong
 * going wrong at once: at the end every count adds up and nothing is left. Lives three
 * times, together {@code -Dsoak.seconds}. Part of {@code mvn verify -Psoak}.
 */
class StarterSoakIT {

    private static final double SECONDS = Double.parseDouble(System.getProperty("soak.seconds", "60"));

    private static final long MAX_HEAP_BYTES = 96L << 20;

    @Test
    void everyCountAddsUpAndNothingIsLeft() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).as("heap").isLessThanOrEqualTo(MAX_HEAP_BYTES);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        HttpClient http = HttpClient.newBuilder().executor(executor).version(HttpClient.Version.HTTP_1_1).build();
        FaultyAlertmanager.Kind[] kinds = FaultyAlertmanager.Kind.values();
        for (int i = 0; i < 4; i++) {
            executor.submit(() -> { // starts the thread
            }).get();
        }
        Remains remains = new Remains();
        for (FaultyAlertmanager.Kind kind : kinds) {
            try (FaultyAlertmanager alertmanager = kind.start();
                    SoakLife life = new SoakLife(http, alertmanager.url())) {
                life.run(Duration.ofMillis((long) (1000 * SECONDS / kinds.length)));
                life.check();
            }
            remains.check();
        }
        executor.shutdownNow();
    }

}
