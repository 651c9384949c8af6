/** Runs and steps as they are read: rows, views, pages. */
@NullMarked
package org.maestro.engine.instance;

import org.jspecify.annotations.NullMarked;
