/**
 * Kafka, and the only module that sees its clients: the installation's topics, sending messages,
 * and owning shards of the command topic. Kafka carries messages but holds no truth: the offset up
 * to which a shard has been consumed is kept by the caller, in the same transaction as the effects.
 */
@NullMarked
package org.maestro.messaging;

import org.jspecify.annotations.NullMarked;
