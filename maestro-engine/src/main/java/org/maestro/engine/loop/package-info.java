/**
 * What foreach and while steps need besides a run: the loop as it is kept, its chunks, and the pure
 * decisions over both. Nothing here touches a database, a clock or a run.
 */
@NullMarked
package org.maestro.engine.loop;

import org.jspecify.annotations.NullMarked;
