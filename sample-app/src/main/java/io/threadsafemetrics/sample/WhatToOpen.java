package io.threadsafemetrics.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says what to open once the application is ready.
 */
@Component
class WhatToOpen {

    private static final Logger logger = LoggerFactory.getLogger(WhatToOpen.class);

    private final OwnAddress address;

    WhatToOpen(OwnAddress address) {
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        logger.info("Ready. Open one of these:\n{}", text());
    }

    private String text() {
        return """
                  The page, for a browser  {endpoint}
                  Payments, last 30 s      {endpoint}/payments.duration?window=30s&percentile=50&percentile=99.9
                  Payments by region       {endpoint}/payments.duration?groupBy=region&window=2m&percentile=99
                  Slowest payments         {endpoint}/payments.duration/values?order=largest&limit=5
                  Replayed latency         {endpoint}/replay.latency?window=1m&percentile=99&atMost=50
                  ... in steps             {endpoint}/replay.latency/timeline?window=2m&step=10s&percentile=99
                  Prometheus               {management}/prometheus
                  Health                   {management}/health
                  Stock                    {orders}/stock
                """.replace("{endpoint}", this.address.management() + "/threadsafemetrics")
            .replace("{management}", this.address.management())
            .replace("{orders}", this.address.orders());
    }

}
