module consumer {

    requires io.threadsafemetrics;
    requires io.threadsafemetrics.spring;
    requires spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.context;

    opens consumer;

}
