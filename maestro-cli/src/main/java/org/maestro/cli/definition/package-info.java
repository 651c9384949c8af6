/** Definitions in local files: reading, problems with their places, comparing. */
@NullMarked
package org.maestro.cli.definition;

import org.jspecify.annotations.NullMarked;
