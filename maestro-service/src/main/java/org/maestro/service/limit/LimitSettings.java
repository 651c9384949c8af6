package org.maestro.service.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What callers may have open at a time. The requests and the waiting connections together stay
 * below {@code server.tomcat.max-connections}, so that there is always room for one more.
 *
 * @param requests that are being answered, streams included; default 640
 * @param requestsPerCaller of them by one caller; default 320
 * @param anonymousRequests of them by callers without a name, such as health checks; default 64
 * @param streams logs that are followed; default 256
 * @param streamsPerCaller of them by one caller; default 64
 * @param pages browsers that hear of what changes, whatever they have open; default 256
 * @param pagesPerCaller of them of one caller; default 200
 * @param waitingConnections connections on which no request is being answered; beyond, the one that
 *     has waited longest is closed; default 512
 * @param patience how long a new connection may take until its first request has come, however
 *     slowly it is written; default 20 s
 * @param idle the same for each further request; default 75 s
 */
@ConfigurationProperties("maestro.limits")
public record LimitSettings(
    @DefaultValue("640") int requests,
    @DefaultValue("320") int requestsPerCaller,
    @DefaultValue("64") int anonymousRequests,
    @DefaultValue("256") int streams,
    @DefaultValue("64") int streamsPerCaller,
    @DefaultValue("256") int pages,
    @DefaultValue("200") int pagesPerCaller,
    @DefaultValue("512") int waitingConnections,
    @DefaultValue("20s") Duration patience,
    @DefaultValue("75s") Duration idle) {}
