/**
 * Whose turn it is: mailboxes, shards and their owners, commits, and what is let out after them.
 */
@NullMarked
package org.maestro.engine.run.shard;

import org.jspecify.annotations.NullMarked;
