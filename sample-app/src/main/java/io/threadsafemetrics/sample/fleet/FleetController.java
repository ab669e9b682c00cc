package io.threadsafemetrics.sample.fleet;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Starts load, and serves the single values.
 */
@RestController
@RequestMapping("/fleet/values")
@ConditionalOnBooleanProperty("sample.fleet.enabled")
class FleetController {

    private final FleetLoad load;

    FleetController(FleetLoad load) {
        this.load = load;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    void start(@RequestParam int count) {
        try {
            this.load.start(count);
        }
        catch (IllegalArgumentException ex) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, ex.getMessage(), ex);
        }
    }

    @GetMapping
    List<Double> recorded() {
        return this.load.recorded();
    }

}
