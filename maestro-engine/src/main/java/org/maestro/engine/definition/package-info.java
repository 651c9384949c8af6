/** Publishing workflows: versions, properties, activation, deletion. Owns the workflow tables. */
@NullMarked
package org.maestro.engine.definition;

import org.jspecify.annotations.NullMarked;
