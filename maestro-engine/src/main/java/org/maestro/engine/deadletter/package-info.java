/** Messages that the engine could not deal with, until somebody replays or discards them. */
@NullMarked
package org.maestro.engine.deadletter;

import org.jspecify.annotations.NullMarked;
