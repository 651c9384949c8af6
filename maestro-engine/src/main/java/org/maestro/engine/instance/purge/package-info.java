/** Deleting the runs of a workflow that is being deleted. */
@NullMarked
package org.maestro.engine.instance.purge;

import org.jspecify.annotations.NullMarked;
