package org.maestro.scheduler;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the scheduler works.
 *
 * @param groupId under which schedulers share what the engine says; one per installation. Default:
 *     the prefix of the topics and {@code -scheduler}
 * @param leaseMillis after how long without a sign of life others take a scheduler's triggers over;
 *     default 4000
 * @param heartbeatMillis how often it gives one, and hears of changes; default 1000
 * @param pageSize how many triggers of one of the 32 buckets are fired together; default 500
 * @param catchUpBatch how many missed ticks of a trigger are fired before other triggers have their
 *     turn; default 100
 */
@ConfigurationProperties("maestro.scheduler")
public record SchedulerSettings(
    @Nullable String groupId,
    @DefaultValue("4000") long leaseMillis,
    @DefaultValue("1000") long heartbeatMillis,
    @DefaultValue("500") int pageSize,
    @DefaultValue("100") int catchUpBatch) {}
