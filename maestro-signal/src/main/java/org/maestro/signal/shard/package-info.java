/** The partitions of topics that this node owns: who may write, and how far it has read. */
@NullMarked
package org.maestro.signal.shard;

import org.jspecify.annotations.NullMarked;
