/**
 * What a run is: its identity, its row and plan, the commands it takes, what a command changes and
 * what has to follow. Values only; the rooms below it keep them ({@code store}), work out what one
 * command does ({@code turn}) and say whose turn it is ({@code shard}).
 */
@NullMarked
package org.maestro.engine.run;

import org.jspecify.annotations.NullMarked;
