package io.threadsafemetrics;

/**
 * Why a recording method answered false.
 */
enum Refusal {

    UNKNOWN_METRIC("no metric of that name is registered"),

    NOT_FINITE("the value is NaN, infinite or absent"),

    NEGATIVE("a COUNTER or TIMER value must be zero or more"),

    UNREGISTERED("the metric of the handle was unregistered"),

    CLOSED("the collector is closed"),

    ERROR("an unexpected exception");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    String reason() {
        return this.reason;
    }

}
