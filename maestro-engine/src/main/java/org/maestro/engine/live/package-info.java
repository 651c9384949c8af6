/**
 * Tells pages that are open what has changed, so that they ask again: never what it is, and nothing
 * of the database. Hears the commits of this node.
 */
@NullMarked
package org.maestro.engine.live;

import org.jspecify.annotations.NullMarked;
